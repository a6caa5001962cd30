package dev.billingexport;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Where the program starts. */
@SpringBootApplication
public class BillingExport {

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(0);
    }
}
