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

/**
 * A server presented a certificate that doesn't identify it as the API. The message describes the certificate, the
 * reason and what to set.
 */
final class UntrustedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1;

    UntrustedCertificateException(X509Certificate presented, CertificateException cause) {
        super(
                "%s: %s, issued by %s, valid from %s to %s. %s"
                        .formatted(
                                isOfAnotherHost(cause)
                                        ? "its certificate is for another host"
                                        : "its certificate is not trusted",
                                presented.getSubjectX500Principal().getName(),
                                presented.getIssuerX500Principal().getName(),
                                day(presented.getNotBefore().toInstant()),
                                day(presented.getNotAfter().toInstant()),
                                advice(cause)),
                cause);
    }

    /** Java checks the host name last and throws no exception class of its own for it. */
    private static boolean isOfAnotherHost(CertificateException cause) {
        return Stream.of(
                        CertificateExpiredException.class,
                        CertificateNotYetValidException.class,
                        CertPathBuilderException.class,
                        CertPathValidatorException.class)
                .noneMatch(kind -> has(cause, kind));
    }

    private static String advice(CertificateException cause) {
        String reason = String.valueOf(cause.getMessage()).replaceFirst("\\.+$", "");
        if (isOfAnotherHost(cause)) {
            return reason + ". Check the host in export.source.base-url.";
        }
        if (has(cause, CertificateExpiredException.class) || has(cause, CertificateNotYetValidException.class)) {
            return "It is not valid now: the server's owner must renew it, or this machine's clock is wrong.";
        }
        if (has(cause, CertPathBuilderException.class)) {
            return "This machine doesn't trust its issuer. If that is a company's own authority, name its certificate"
                    + " with export.source.ssl-bundle.";
        }
        return "Java says: " + reason + ".";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(kind::isInstance);
    }

    private static String day(Instant instant) {
        return instant.toString().substring(0, "2026-10-01".length());
    }
}
