package dev.billingexport.ledger;

import dev.billingexport.files.OwnFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks {@code spring.datasource.url}: PostgreSQL, or a file of H2. Both drivers have options that run scripts, load
 * classes or write files (H2's INIT, PostgreSQL's socketFactory and loggerFile), so only harmless options are accepted.
 */
public final class DatabaseUrl {

    private static final Pattern H2 =
            Pattern.compile("jdbc:h2:(file:)?(?<path>([A-Za-z]:)?[^;:\\\\]+)(?<options>(;[^;]*)*)");

    private static final Pattern POSTGRESQL =
            Pattern.compile("jdbc:postgresql://[A-Za-z0-9._:,\\[\\]-]+/[A-Za-z0-9_.%-]+(\\?(?<options>.*))?");

    private static final Set<String> H2_OPTIONS =
            Set.of("CACHE_SIZE", "DB_CLOSE_DELAY", "DB_CLOSE_ON_EXIT", "LOCK_TIMEOUT", "WRITE_DELAY");

    private static final Set<String> POSTGRESQL_OPTIONS = Set.of(
            "ApplicationName",
            "connectTimeout",
            "currentSchema",
            "loginTimeout",
            "socketTimeout",
            "sslcert",
            "sslkey",
            "sslmode",
            "sslrootcert",
            "targetServerType",
            "tcpKeepAlive");

    private DatabaseUrl() {}

    /** Whether a URL, which need not be checked, is one of PostgreSQL. */
    public static boolean isPostgresql(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    /** A URL of PostgreSQL as it is shown: without its options. */
    public static String name(String url) {
        return url.replaceFirst("\\?.*", "");
    }

    /**
     * Checks a URL.
     *
     * @throws IllegalArgumentException if it isn't accepted; the message says what is, and holds no value from the URL
     */
    public static void check(String url) {
        Matcher h2 = H2.matcher(url);
        if (h2.matches()) {
            String options = h2.group("options");
            check(options.isEmpty() ? "" : options.substring(1), ";", H2_OPTIONS, true);
            return;
        }
        Matcher postgresql = POSTGRESQL.matcher(url);
        if (!postgresql.matches()) {
            throw new IllegalArgumentException(
                    "must be jdbc:postgresql://host/database or jdbc:h2:file: and an absolute path without ; : or \\.");
        }
        String options = postgresql.group("options");
        check(options == null ? "" : options, "&", POSTGRESQL_OPTIONS, false);
    }

    /**
     * Checks that the database file of an H2 URL is the user's own, as for a data directory.
     *
     * @param url a URL that was checked
     * @throws UntrustedDataDirectoryException if another user can have changed it
     * @throws UncheckedIOException if this can't be determined
     */
    public static void requireOwnFile(String url) {
        Matcher h2 = H2.matcher(url);
        if (!h2.matches()) {
            return;
        }
        Path file = Path.of(h2.group("path")).toAbsolutePath();
        Path folder = file.resolveSibling("");
        try {
            if (Files.exists(folder)) {
                OwnFolder.check(folder, name -> name.startsWith(String.valueOf(file.getFileName())));
            }
        } catch (OwnFolder.NotOwnException e) {
            throw new UntrustedDataDirectoryException(folder, e);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " of the database can't be used: " + e, e);
        }
    }

    private static void check(String options, String separator, Set<String> known, boolean anyCase) {
        for (String option : options.isEmpty() ? new String[0] : options.split(separator, -1)) {
            String name = option.split("=", 2)[0];
            boolean plain = option.matches("\\w+=[\\w./-]*");
            if (!plain || !known.contains(anyCase ? name.toUpperCase(Locale.ROOT) : name)) {
                throw new IllegalArgumentException("must not have the option "
                        + (name.matches("\\w{1,40}") ? name : "that it has") + ". Possible are: "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }
}
