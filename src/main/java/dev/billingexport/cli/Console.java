package dev.billingexport.cli;

/** What the commands of a process share of the terminal that they were typed at. */
record Console(Screen screen, StopSignal signal, Verbosity verbosity) {

    static Console install() {
        StopSignal signal = new StopSignal();
        signal.listen();
        return new Console(Screen.install(), signal, new Verbosity());
    }
}
