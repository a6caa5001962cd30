package dev.billingexport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a YAML document as properties whose values are the text as written. Spring's own loader binds YAML's
 * interpretation: the id 0012345 as 5349, 12_34 as 1234. Not thread-safe.
 */
final class YamlText {

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]+(\\[[^\\[\\].]+])*");

    private final Map<String, OriginTrackedValue> values = new LinkedHashMap<>();
    private final Map<ConfigurationPropertyName, String> places = new LinkedHashMap<>();
    private final Deque<Node> open = new ArrayDeque<>();
    private final Resource file;
    private final Map<String, String> complaints;

    private YamlText(Resource file, Map<String, String> complaints) {
        this.file = file;
        this.complaints = complaints;
    }

    /**
     * Reads a file, in UTF-8 unless a byte order mark names another encoding.
     *
     * @param complaints receives a line for each ambiguous or invalid value, by property
     * @return the other values, in the file's order
     * @throws UsageException if the file is not YAML
     */
    static Map<String, OriginTrackedValue> read(Path path, Map<String, String> complaints) {
        YamlText text = new YamlText(new FileSystemResource(path), complaints);
        LoaderOptions options = new LoaderOptions();
        try (InputStream in = Files.newInputStream(path)) {
            Node root = new Composer(
                            new ParserImpl(new StreamReader(new UnicodeReader(in)), options),
                            new EverythingIsText(),
                            options)
                    .getSingleNode();
            if (root instanceof MappingNode mapping) {
                text.add("", mapping);
            } else if (root != null
                    && !(root instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
                throw new UsageException(
                        "The job file " + path + " must hold properties, such as \"export:\" on its first line.");
            }
        } catch (MarkedYAMLException e) {
            throw new UsageException(
                    "The job file %s is not YAML%s: %s."
                            .formatted(path, line(e.getProblemMark()), String.valueOf(e.getProblem())),
                    e);
        } catch (IOException | YAMLException e) {
            throw new UsageException("The job file " + path + " can't be read: " + e.getMessage(), e);
        }
        return text.values;
    }

    private void add(String name, Node node) {
        // An alias inside its own node would never end.
        if (open.contains(node)) {
            complain(name, node, "contains itself.");
            return;
        }
        open.push(node);
        if (node instanceof MappingNode mapping && is(node, Tag.MAP)) {
            mapping.getValue().forEach(entry -> addEntry(name, entry));
        } else if (node instanceof SequenceNode sequence && is(node, Tag.SEQ)) {
            if (sequence.getValue().isEmpty()) {
                put(name, new OriginAt(file, node, null), "");
            }
            for (int i = 0; i < sequence.getValue().size(); i++) {
                add(name + "[" + i + "]", sequence.getValue().get(i));
            }
        } else if (node instanceof ScalarNode scalar && is(node, Tag.STR)) {
            addText(name, scalar);
        } else {
            complain(name, node, "has the tag " + node.getTag() + ": leave it out, every value is text.");
        }
        open.pop();
    }

    private void addEntry(String name, NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key) || !is(key, Tag.STR)) {
            complain(name.isEmpty() ? "The file" : name, entry.getKeyNode(), "has a key that is not text.");
        } else if (key.isPlain() && key.getValue().equals("<<")) {
            complain(name.isEmpty() ? "The file" : name, key, "has a merge key (<<): write the values out.");
        } else {
            add(join(name, key.getValue()), entry.getValueNode());
        }
    }

    private void addText(String name, ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.isPlain() && text.matches("|~|(?i:null)")) {
            complain(
                    name,
                    scalar,
                    text.isEmpty()
                            ? "has no value: leave it out, or give it one."
                            : "is %s, which means no value in YAML: leave it out, or put it in quotes: \"%1$s\"."
                                    .formatted(text));
        } else if (name.startsWith("export.") && text.chars().anyMatch(Character::isISOControl)) {
            complain(name, scalar, "has a line break or another control character: write it in one line.");
        } else {
            put(name, new OriginAt(file, scalar, scalar.isPlain() ? text : null), text);
        }
    }

    private void put(String name, OriginAt origin, String text) {
        String place = name + SettingErrors.origin(origin);
        String first = places.putIfAbsent(ConfigurationPropertyName.adapt(name, '.'), place);
        if (first == null) {
            // Spring would otherwise replace ${...}.
            values.put(name, OriginTrackedValue.of(ExportEnvironment.literal(text), origin));
        } else {
            complaints.put(name, place + " is there twice: the first is " + first + ".");
        }
    }

    private void complain(String name, Node node, String complaint) {
        complaints.putIfAbsent(name, name + SettingErrors.origin(new OriginAt(file, node, null)) + " " + complaint);
    }

    /** Puts characters that are invalid in Spring's names into brackets. */
    private static String join(String name, String key) {
        if (key.startsWith("[")) {
            return name + key;
        }
        StringBuilder joined = new StringBuilder(name);
        for (String part : key.split("\\.", -1)) {
            if (PLAIN_KEY.matcher(part).matches()) {
                joined.append(joined.isEmpty() ? "" : ".").append(part);
            } else {
                joined.append('[').append(part).append(']');
            }
        }
        return joined.toString();
    }

    private static boolean is(Node node, Tag tag) {
        return node.getTag().equals(tag);
    }

    private static String line(Mark mark) {
        return mark == null ? "" : ", line " + (mark.getLine() + 1);
    }

    private static final class EverythingIsText extends Resolver {

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar ? Tag.STR : super.resolve(kind, value, implicit);
        }
    }
}
