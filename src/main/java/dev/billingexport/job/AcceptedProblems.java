package dev.billingexport.job;

import org.springframework.stereotype.Component;

/** Whether the operator accepts gaps in this launch's delivery. Not part of a run's identity. */
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
