package dev.billingexport.api;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hc.core5.net.InetAddressUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code NO_PROXY}, the hosts that are reached without the proxy. There is no standard; this accepts what curl,
 * Go and Python accept: names, which include their subdomains, with or without a leading dot or {@code *.}; a port;
 * addresses; networks such as {@code 10.0.0.0/8}; and {@code *} for all hosts.
 */
final class ProxyExceptions {

    private ProxyExceptions() {}

    static boolean cover(String exceptions, URI url) {
        String host = bare(url.getHost());
        int port = url.getPort() == -1 ? 443 : url.getPort();
        return Arrays.stream(exceptions.split("[,\\s]+"))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> covers(entry, host, port));
    }

    private static boolean covers(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return coversNetwork(entry, host);
        }
        String name = entry;
        // More than one colon means an IPv6 address, unless a bracket ends before the port.
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = bare(name.startsWith("*.") ? name.substring(2) : name.replaceFirst("^\\.", ""));
        byte[] address = address(name);
        return address == null ? host.equals(name) || host.endsWith("." + name) : Arrays.equals(address, address(host));
    }

    private static boolean coversNetwork(String entry, String host) {
        String[] parts = entry.split("/", 2);
        byte[] network = address(bare(parts[0]));
        byte[] address = address(host);
        if (network == null || address == null || network.length != address.length || !parts[1].matches("\\d{1,3}")) {
            return false;
        }
        int hostBits = network.length * Byte.SIZE - Integer.parseInt(parts[1]);
        return hostBits >= 0
                && new BigInteger(1, network)
                        .shiftRight(hostBits)
                        .equals(new BigInteger(1, address).shiftRight(hostBits));
    }

    private static String bare(String host) {
        return host.replaceAll("[\\[\\]]|\\.$", "").toLowerCase(Locale.ROOT);
    }

    /** Returns null where the host is a name. Never asks DNS. */
    private static byte @Nullable [] address(String host) {
        if (!InetAddressUtils.isIPv4(host) && !InetAddressUtils.isIPv6(host)) {
            return null;
        }
        try {
            return InetAddress.getByName(host).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
