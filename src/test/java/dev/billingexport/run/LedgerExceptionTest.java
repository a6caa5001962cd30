package dev.billingexport.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

class LedgerExceptionTest {

    private static final String URL = "jdbc:postgresql://db.example.com/billing?sslmode=require";

    /** The driver puts each part of the server's message on a line of its own. */
    @Test
    void theMessageIsOfOneLineAndWholeSentences() {
        SQLException cause = new SQLException(
                "ERROR: could not serialize access due to concurrent update\n  Hint: The transaction might succeed if retried.",
                "40001");

        assertThat(message(new CannotAcquireLockException("commit", cause)))
                .isEqualTo("The database jdbc:postgresql://db.example.com/billing can't be read or written any more:"
                        + " ERROR: could not serialize access due to concurrent update Hint: The transaction might"
                        + " succeed if retried. Check the database server and the network.");
    }

    @ParameterizedTest
    @CsvSource({
        "53300, Raise max_connections",
        "26000, session mode",
        "42P05, session mode",
        "25006, not a standby",
    })
    void aFaultOfTheSetupIsAdvisedOnAlsoInMidRun(String state, String advice) {
        SQLException cause = new SQLException("FATAL: no", state);
        SQLException pools = new SQLTransientConnectionException("request timed out", state, cause);

        assertThat(message(new CannotGetJdbcConnectionException("no connection", pools)))
                .startsWith("The database jdbc:postgresql://db.example.com/billing ")
                .contains(advice)
                .endsWith(". It says: FATAL: no.");
    }

    private static String message(Throwable cause) {
        return String.valueOf(new LedgerException(URL, Path.of("data"), cause).getMessage());
    }
}
