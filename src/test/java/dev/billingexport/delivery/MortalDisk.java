package dev.billingexport.delivery;

import dev.billingexport.files.LockFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A disk whose process is killed after some moments: before each thing that it does, and in the middle of what takes
 * time. What was done by then stays on the disk; the dead do nothing any more, not even tidy up.
 */
class MortalDisk extends Disk {

    /** Not an exception that anybody handles: a killed process runs no handler. */
    static class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** What was done, in order, with generated names left out. */
    final List<String> deeds = new ArrayList<>();

    private int moments;

    MortalDisk(int moments) {
        this.moments = moments;
    }

    @Override
    void createFolder(Path folder) throws IOException {
        live("create", folder);
        super.createFolder(folder);
    }

    @Override
    LockFile lock(Path file, Instant since) throws IOException {
        live("lock", file);
        return super.lock(file, since);
    }

    @Override
    Checksum copy(Path source, Path target) throws IOException {
        live("copy", target);
        orLeaveHalf(target, Files.readAllBytes(source));
        return super.copy(source, target);
    }

    @Override
    void write(Path target, byte[] content) throws IOException {
        live("write", target);
        orLeaveHalf(target, content);
        super.write(target, content);
    }

    @Override
    void rename(Path from, Path to) throws IOException {
        live("rename", to);
        super.rename(from, to);
    }

    @Override
    void flush(FileChannel channel, Path path) throws IOException {
        live("flush", path);
        super.flush(channel, path);
    }

    @Override
    void delete(Path path) throws IOException {
        live("delete", path);
        if (isLast() && Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                super.delete(files.sorted().findFirst().orElseThrow());
            }
        }
        live();
        super.delete(path);
    }

    private void orLeaveHalf(Path target, byte[] content) throws IOException {
        if (isLast()) {
            byte[] half = new byte[content.length / 2 + 1];
            new Random(1).nextBytes(half);
            super.write(target, half);
        }
        live();
    }

    private void live(String deed, Path path) {
        live();
        deeds.add(deed + " "
                + path.toString().replaceAll(".*/2026-10", "2026-10").replaceAll("-[0-9a-f-]{36}\\.part", "-*"));
    }

    private boolean isLast() {
        return moments == 0;
    }

    private void live() {
        if (moments-- <= 0) {
            moments = 0;
            throw new Killed();
        }
    }
}
