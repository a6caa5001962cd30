package dev.billingexport.job;

import org.springframework.stereotype.Component;

/** Whether the operator of this launch takes the delivery with its gaps. Not part of what identifies a run. */
@Component
public class AcceptedProblems {

    private volatile boolean accepted;

    public void accept(boolean accept) {
        accepted = accept;
    }

    boolean accepted() {
        return accepted;
    }
}
