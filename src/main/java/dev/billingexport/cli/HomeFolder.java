package dev.billingexport.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The user's home folder, as libraries see it. */
final class HomeFolder {

    /** No file can exist or be created below this path. */
    private static final String NONE = "/dev/null";

    private HomeFolder() {}

    /**
     * Keeps libraries from using the working directory as home. For a user id without an account, as in many
     * containers, Java sets the home to {@code ?}. As a relative path, Java would write its font cache there, and the
     * AWS SDK would read credentials from it.
     */
    static void settle() {
        if (!Path.of(System.getProperty("user.home", "?")).isAbsolute()) {
            String home = System.getenv("HOME");
            boolean known = home != null && Path.of(home).isAbsolute() && Files.isDirectory(Path.of(home));
            System.setProperty("user.home", known ? home : NONE);
        }
    }
}
