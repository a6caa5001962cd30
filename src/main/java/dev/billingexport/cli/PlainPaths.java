package dev.billingexport.cli;

import java.beans.PropertyEditorSupport;
import java.nio.file.Path;
import org.springframework.beans.PropertyEditorRegistry;

/** Takes a path as it is written. Spring's own editor would search the class path first and replace ${…}. */
final class PlainPaths extends PropertyEditorSupport {

    private PlainPaths() {}

    static void register(PropertyEditorRegistry registry) {
        registry.registerCustomEditor(Path.class, new PlainPaths());
    }

    @Override
    public void setAsText(String text) {
        setValue(Path.of(text));
    }
}
