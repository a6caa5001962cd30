package dev.billingexport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A period's folder in the hands of somebody who changes it, and who may know how to make its manifests fit again. */
public record DeliveredFolder(Path period) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Path file(String name) {
        return period.resolve(name);
    }

    public DeliveredFolder write(String name, String content) {
        return io(() -> {
            Files.createDirectories(file(name).getParent());
            Files.writeString(file(name), content);
        });
    }

    public DeliveredFolder delete(String name) {
        return io(() -> Files.delete(file(name)));
    }

    public DeliveredFolder append(String name, String text) {
        return io(() -> Files.writeString(file(name), text, StandardOpenOption.APPEND));
    }

    public DeliveredFolder edit(String name, UnaryOperator<String> edit) {
        return io(() -> {
            String before = Files.readString(file(name));
            Files.writeString(file(name), different(before, edit));
        });
    }

    public DeliveredFolder replace(String name, String regex, String replacement) {
        return edit(name, text -> text.replaceFirst(regex, replacement));
    }

    /** Moves a file or folder elsewhere and puts a link in its place. */
    public DeliveredFolder link(String name) {
        return io(() -> {
            Path elsewhere = period.resolveSibling("elsewhere");
            Files.move(file(name), elsewhere);
            Files.createSymbolicLink(file(name), elsewhere);
        });
    }

    /** Changes both manifests alike. */
    public DeliveredFolder manifests(String regex, String replacement) {
        return replace("manifest.json", regex, replacement).replace("r1/manifest.json", regex, replacement);
    }

    /** Changes a part of the workbook that contains a text. */
    public DeliveredFolder workbook(String marker, String regex, String replacement) {
        return workbook(parts -> {
            for (Path part : parts(parts)) {
                String text = Files.readString(part);
                if (text.contains(marker)) {
                    Files.writeString(part, different(text, xml -> xml.replaceFirst(regex, replacement)));
                    return;
                }
            }
            throw new IllegalArgumentException("nothing has " + marker);
        });
    }

    private DeliveredFolder workbook(WorkbookChange change) {
        return io(() -> {
            Path workbook = period.resolve("r1").resolve("sample_2026-10.xlsx");
            try (FileSystem parts = FileSystems.newFileSystem(workbook, Map.of())) {
                change.make(parts);
            }
        });
    }

    private static List<Path> parts(FileSystem workbook) throws IOException {
        try (Stream<Path> parts = Files.walk(workbook.getPath("/"))) {
            return parts.filter(part -> part.toString().matches("/xl/.*\\.(xml|rels)"))
                    .sorted()
                    .toList();
        }
    }

    /** Changes every line of a CSV file, and the columns that the manifests name. */
    public DeliveredFolder columns(String table, UnaryOperator<String> line) {
        edit("r1/" + table + ".csv", text -> text.lines().map(line).collect(Collectors.joining("\r\n", "", "\r\n")));
        return io(() -> {
            String heading = Files.readString(file("r1/" + table + ".csv"))
                    .lines()
                    .findFirst()
                    .orElseThrow();
            changeManifests(file -> {
                if (file.path("table").asString("").equals(table)) {
                    ArrayNode columns = file.putArray("columns");
                    Stream.of(heading.split(",")).forEach(columns::add);
                }
            });
        });
    }

    /** Makes sizes and checksums fit again, of the files that the manifests name. */
    public DeliveredFolder sign() {
        return io(() -> {
            Map<String, byte[]> contents = new HashMap<>();
            for (JsonNode file :
                    JSON.readTree(Files.readString(file("manifest.json"))).get("files")) {
                String name = file.get("name").asString();
                contents.put(name, Files.readAllBytes(period.resolve("r1").resolve(name)));
            }
            changeManifests(file -> {
                byte[] bytes = contents.get(file.get("name").asString());
                file.put("bytes", bytes.length).put("sha256", sha256(bytes));
            });
        });
    }

    private void changeManifests(Consumer<ObjectNode> ofFile) throws IOException {
        for (String name : List.of("manifest.json", "r1/manifest.json")) {
            ObjectNode manifest = (ObjectNode) JSON.readTree(Files.readString(file(name)));
            manifest.get("files").forEach(file -> ofFile.accept((ObjectNode) file));
            Files.writeString(file(name), JSON.writeValueAsString(manifest));
        }
    }

    private static String different(String before, UnaryOperator<String> edit) {
        String after = edit.apply(before);
        if (after.equals(before)) {
            throw new IllegalArgumentException("nothing was changed");
        }
        return after;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private DeliveredFolder io(Change change) {
        try {
            change.make();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface WorkbookChange {
        void make(FileSystem parts) throws IOException;
    }

    private interface Change {
        void make() throws IOException;
    }
}
