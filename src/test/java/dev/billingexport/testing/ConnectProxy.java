package dev.billingexport.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A forward proxy that notes what it is asked, and leads every tunnel to one port of this machine. */
public final class ConnectProxy implements AutoCloseable {

    /** The first line and the headers of every request. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int target;
    private final String authorization;

    /** @param authorization the header that it wants, null for none */
    public ConnectProxy(int target, String authorization) throws IOException {
        this.target = target;
        this.authorization = authorization;
        threads.execute(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            requests.add(head);
            OutputStream answer = client.getOutputStream();
            if (authorization != null && !head.contains("Proxy-Authorization: " + authorization)) {
                answer.write(("HTTP/1.1 407 Authentication required\r\nProxy-Authenticate: Basic realm=\"corp\"\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(US_ASCII));
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                answer.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(US_ASCII));
                threads.execute(() -> copy(server, client));
                client.getInputStream().transferTo(server.getOutputStream());
            }
        } catch (IOException broken) {
            // The client sees it as well.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // The other direction ends, too.
        }
    }

    private static String head(InputStream request) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = request.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
