package dev.billingexport.cli;

import dev.billingexport.files.OwnerOnly;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * A file for each run beside the database, for processes that look while another process holds the database. Only the
 * holder writes; readers always find a complete file. A file may be outdated: only the database is authoritative.
 */
final class ReportFiles {

    private static final String ENDING = ".json";

    private final Path folder;

    /** @param folder may not exist */
    ReportFiles(Path folder) {
        this.folder = folder;
    }

    void write(RunReport report) throws IOException {
        OwnerOnly.createFolders(folder);
        Path unfinished = folder.resolve(report.run() + ".new");
        try (OutputStream bytes = Channels.newOutputStream(OwnerOnly.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)))) {
            bytes.write(Json.write(report).getBytes(StandardCharsets.UTF_8));
        }
        Files.move(unfinished, file(report.run()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete(long run) throws IOException {
        Files.deleteIfExists(file(run));
    }

    /** Returns a run's report; empty where there is none that can be read. */
    Optional<RunReport> read(long run) throws IOException {
        return read(file(run));
    }

    /** Returns all readable reports, the newest run first. */
    List<RunReport> all() throws IOException {
        List<RunReport> reports = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(ENDING)).toList()) {
                read(file).ifPresent(reports::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        reports.sort(Comparator.comparingLong(RunReport::run).reversed());
        return reports;
    }

    private Path file(long run) {
        return folder.resolve(run + ENDING);
    }

    private static Optional<RunReport> read(Path file) throws IOException {
        try {
            return Optional.of(Json.read(Files.readString(file), RunReport.class));
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        }
    }
}
