package dev.billingexport.cli;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** The position of a value in a job file. */
final class OriginAt extends TextResourceOrigin {

    private final @Nullable String unquoted;

    /** @param unquoted the text if it is written without quotes, else null */
    OriginAt(Resource file, Node node, @Nullable String unquoted) {
        super(
                file,
                new Location(node.getStartMark().getLine(), node.getStartMark().getColumn()));
        this.unquoted = unquoted;
    }

    /** Returns whether YAML would read another value than the text, as for 0012345, 1e3 or yes. */
    boolean readsOtherwise() {
        if (unquoted == null) {
            return false;
        }
        try {
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(unquoted);
            return !unquoted.equals(String.valueOf(read));
        } catch (YAMLException e) {
            return true;
        }
    }
}
