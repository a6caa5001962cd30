package dev.billingexport.ledger;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that keep every text exactly on PostgreSQL: parameters are encoded and columns decoded by {@link
 * EncodedText}. This happens below all SQL, because Spring Batch also stores messages that may quote an answer of the
 * API. Text inside a statement's SQL is not encoded.
 */
final class EncodedDataSource extends DelegatingDataSource {

    EncodedDataSource(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return encoding(super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return encoding(super.getConnection(username, password));
    }

    private static Connection encoding(Connection connection) {
        return proxy(Connection.class, connection, (method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            return result instanceof Statement statement ? encoding(statement) : result;
        });
    }

    private static Statement encoding(Statement statement) {
        Class<? extends Statement> type =
                statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return proxy(type, statement, (method, arguments) -> {
            if (arguments != null && method.getDeclaringClass() == PreparedStatement.class) {
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = encoded(arguments[i]);
                }
            }
            Object result = method.invoke(statement, arguments);
            return result instanceof ResultSet rows ? decoding(rows) : result;
        });
    }

    private static ResultSet decoding(ResultSet rows) {
        return proxy(ResultSet.class, rows, (method, arguments) -> {
            Object result = method.invoke(rows, arguments);
            return result instanceof String text && method.getName().startsWith("get")
                    ? EncodedText.decode(text)
                    : result;
        });
    }

    private static @Nullable Object encoded(@Nullable Object parameter) {
        if (parameter instanceof String text) {
            return EncodedText.encode(text);
        }
        if (parameter instanceof String[] texts) {
            return Arrays.stream(texts).map(EncodedText::encode).toArray(String[]::new);
        }
        return parameter;
    }

    private interface Call {
        @Nullable
        Object on(Method method, @Nullable Object @Nullable [] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<? extends T> type, Object target, Call call) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("equals")) {
                return proxy == arguments[0];
            }
            try {
                return call.on(method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
