package dev.billingexport.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Checks that nobody else can have put anything into a folder whose files decide what the program does: a database runs code
 * that is kept in it. Where the file system knows no owners, links alone are looked for.
 */
public final class OwnFolder {

    private final UserPrincipal user;

    private OwnFolder(UserPrincipal user) {
        this.user = user;
    }

    /**
     * Checks a folder and what lies directly in it.
     *
     * @param names which of the names in it are looked at
     * @throws NotOwnException if one of them is a link, belongs to somebody else or can be written by others
     * @throws IOException if that can't be told, such as for a folder that nothing can be written to
     */
    public static void check(Path folder, Predicate<String> names) throws IOException {
        requireNoLink(folder);
        // There is no other way to tell who this process is, and not every file system keeps who that is.
        Path probe = Files.createTempFile(folder, ".owner", "");
        OwnFolder own;
        try {
            own = new OwnFolder(Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS));
        } finally {
            Files.delete(probe);
        }
        own.check(folder);
        for (Path file : named(folder, names)) {
            requireNoLink(file);
            own.check(file);
        }
    }

    private static List<Path> named(Path folder, Predicate<String> names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> names.test(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static void requireNoLink(Path path) throws NotOwnException {
        if (Files.isSymbolicLink(path)) {
            throw new NotOwnException(path + " is a symbolic link, which may lead anywhere.");
        }
    }

    private void check(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.owner().equals(user)) {
            throw new NotOwnException(path + " belongs to " + attributes.owner().getName() + " and not to "
                    + user.getName() + ", who runs this.");
        }
        boolean group = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE) && !isPrivateGroup(path);
        if (group || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new NotOwnException(path + " can be written by others ("
                    + PosixFilePermissions.toString(attributes.permissions())
                    + "). If nobody else put anything into it: chmod go-w '" + path + "'.");
        }
    }

    /**
     * Whether a file's group is its owner's alone: by convention it has the owner's number then. Kubernetes lets the group of a
     * pod write to all files of its volumes each time that it mounts them.
     */
    private static boolean isPrivateGroup(Path path) throws IOException {
        return Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS)
                .equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    /** Somebody else can have put something there; the message says what and why. */
    public static final class NotOwnException extends IOException {

        private static final long serialVersionUID = 1;

        NotOwnException(String message) {
            super(message);
        }
    }
}
