package dev.billingexport.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that libraries take for the user's own. */
final class HomeFolder {

    /** Nothing can be made or found below it. */
    private static final String NONE = "/dev/null";

    private HomeFolder() {}

    /**
     * Keeps libraries out of the working directory. Java says {@code ?} for the home of a user id that the system doesn't
     * know, such as any that a container is started with. Taken for a folder's name, that is where Java itself writes its
     * cache of fonts, and where the AWS SDK would look for credentials.
     */
    static void settle() {
        if (!Path.of(System.getProperty("user.home", "?")).isAbsolute()) {
            String home = System.getenv("HOME");
            boolean known = home != null && Path.of(home).isAbsolute() && Files.isDirectory(Path.of(home));
            System.setProperty("user.home", known ? home : NONE);
        }
    }
}
