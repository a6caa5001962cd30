package dev.billingexport.cli;

/** The name under which this process was started, for messages that say what to type next. */
final class Program {

    private Program() {}

    /**
     * Returns the launcher as it was typed; {@code java -jar …} where the program runs from its jar; else its plain
     * name.
     */
    static String name() {
        String launcher = System.getProperty("billing-export.launcher");
        if (launcher != null) {
            return launcher.matches("[\\w./-]+") ? launcher : "'" + launcher + "'";
        }
        String jar = System.getProperty("sun.java.command", "").split(" ", 2)[0];
        return jar.endsWith(".jar") ? "java -jar " + jar : "billing-export";
    }
}
