// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.serve;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One client with one connection, which costs as little processor time as a client can. Not
 * thread-safe.
 */
final class LoadClient implements AutoCloseable {
  private final int port;
  private final byte[] request;
  private Socket socket;
  private InputStream in;

  /** A client that posts the same body to the same path again and again. */
  LoadClient(int port, String path, String type, byte[] body) {
    this.port = port;
    byte[] head =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + port
                + "\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
  }

  /** Sends a request and reads its answer; the status. */
  int ask() throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    }
    socket.getOutputStream().write(request);
    String[] status = line().split(" ");
    int length = 0;
    boolean close = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      close |= lower.startsWith("connection:") && lower.contains("close");
    }
    in.skipNBytes(length);
    if (close) {
      close();
    }
    return Integer.parseInt(status[1]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (; ; ) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended");
      }
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
