package dev.billingexport.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/**
 * A definition of an export. Whether its values are right is for the binding to say; here it is read once to refuse what
 * Spring would pass over in silence: keys that are none of ours, such as a misspelt {@code exprot.name} or a password.
 */
record JobFile(Path path) {

    private static final List<String> KNOWN = List.of("export.", "spring.datasource.url", "logging.");

    static JobFile read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new UsageException("There is no job file " + path + ".");
        }
        for (PropertySource<?> document : load(path)) {
            Arrays.stream(((EnumerablePropertySource<?>) document).getPropertyNames())
                    .filter(name -> KNOWN.stream().noneMatch(name::startsWith))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new UsageException("The job file " + path + " has the unknown property " + name
                                + ": everything in it stands under export. Credentials come from the environment.");
                    });
        }
        return new JobFile(path.toAbsolutePath().normalize());
    }

    /** The export's name unless the file gives another: the file's own, without its ending. */
    String exportName() {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static List<PropertySource<?>> load(Path path) {
        String name = path.getFileName().toString();
        for (PropertySourceLoader loader :
                List.of(new YamlPropertySourceLoader(), new PropertiesPropertySourceLoader())) {
            if (Arrays.stream(loader.getFileExtensions()).anyMatch(extension -> name.endsWith("." + extension))) {
                try {
                    return loader.load(name, new FileSystemResource(path));
                } catch (IOException | RuntimeException e) {
                    throw new UsageException(
                            "The job file " + path + " can't be read: "
                                    + Errors.oneLine(String.valueOf(e.getMessage())),
                            e);
                }
            }
        }
        throw new UsageException("The job file " + path + " must end in .yml, .yaml or .properties.");
    }
}
