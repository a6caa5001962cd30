package dev.billingexport.testing;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command for another JVM, of the same Java and with the options that {@code pom.xml} gives to this one. */
public final class SecondJvm {

    private SecondJvm() {}

    /** Runs a main class on the class path of the tests. */
    public static List<String> main(Class<?> main, String... arguments) {
        List<String> command = java("-cp", System.getProperty("java.class.path"), main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** What follows the name of the executable and its options is up to the caller. */
    public static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .forEach(command::add);
        command.addAll(List.of(arguments));
        return command;
    }
}
