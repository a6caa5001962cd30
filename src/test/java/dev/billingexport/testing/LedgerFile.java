package dev.billingexport.testing;

import dev.billingexport.ledger.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** What a process left in its database, read from a copy: the file itself is left as the process left it. */
public record LedgerFile(List<String> sessionIds, int delivered, List<String> launches) {

    public static LedgerFile of(Path dataDirectory) {
        Path file = Path.of(DataDirectory.database(dataDirectory) + ".mv.db");
        try {
            Path folder = Files.createTempDirectory("ledger");
            try {
                Files.copy(file, folder.resolve("copy.mv.db"));
                return read("jdbc:h2:file:" + folder.resolve("copy"));
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (java.nio.file.NoSuchFileException e) {
            return new LedgerFile(List.of(), 0, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LedgerFile read(String url) {
        try (Connection connection = DriverManager.getConnection(url)) {
            if (column(connection, "SELECT table_name FROM information_schema.tables WHERE table_name = 'SESSION'")
                    .isEmpty()) {
                return new LedgerFile(List.of(), 0, List.of());
            }
            return new LedgerFile(
                    column(connection, "SELECT session_id FROM session"),
                    column(connection, "SELECT run_id FROM run WHERE delivered_at IS NOT NULL")
                            .size(),
                    column(connection, "SELECT status FROM batch_job_execution ORDER BY job_execution_id"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
