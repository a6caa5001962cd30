package dev.billingexport.api;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/** A server showed a certificate that doesn't prove it to be the API. The message says which one, why, and what to set. */
final class UntrustedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1;

    UntrustedCertificateException(X509Certificate presented, CertificateException cause) {
        super(
                "its certificate is not trusted: %s, issued by %s, valid from %s to %s. %s"
                        .formatted(
                                presented.getSubjectX500Principal().getName(),
                                presented.getIssuerX500Principal().getName(),
                                day(presented.getNotBefore().toInstant()),
                                day(presented.getNotAfter().toInstant()),
                                advice(cause)),
                cause);
    }

    private static String advice(CertificateException cause) {
        if (has(cause, CertificateExpiredException.class) || has(cause, CertificateNotYetValidException.class)) {
            return "It is not valid now: the server's owner must renew it, or this machine's clock is wrong.";
        }
        if (has(cause, CertPathBuilderException.class)) {
            return "Nobody whom this machine trusts issued it. If it is a company's own authority, name its certificate"
                    + " with export.source.ssl-bundle.";
        }
        if (has(cause, CertPathValidatorException.class)) {
            return "Java says: " + cause.getMessage();
        }
        return cause.getMessage() + ". Check the host in export.source.base-url.";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(kind::isInstance);
    }

    private static String day(Instant instant) {
        return instant.toString().substring(0, "2026-10-01".length());
    }
}
