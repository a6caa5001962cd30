package dev.billingexport.cli;

/** How this process was called, so that a message can say what to type next. */
final class Program {

    private Program() {}

    /** The launcher as it was typed, {@code java -jar …} where the program runs from its jar, else its plain name. */
    static String name() {
        String launcher = System.getProperty("billing-export.launcher");
        if (launcher != null) {
            return launcher.matches("[\\w./-]+") ? launcher : "'" + launcher + "'";
        }
        String jar = System.getProperty("sun.java.command", "").split(" ", 2)[0];
        return jar.endsWith(".jar") ? "java -jar " + jar : "billing-export";
    }
}
