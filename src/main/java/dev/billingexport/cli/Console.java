package dev.billingexport.cli;

/** The terminal of this process, shared by its commands. */
record Console(Screen screen, StopSignal signal, Verbosity verbosity) {

    static Console install() {
        StopSignal signal = new StopSignal();
        signal.listen();
        return new Console(Screen.install(), signal, new Verbosity());
    }
}
