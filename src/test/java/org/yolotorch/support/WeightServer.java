// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server on this machine that answers as it is told, badly too. One request a connection. */
public final class WeightServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile List<Answer> answers = List.of();

  /** Starts a server; it serves until it is closed. */
  public WeightServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "WeightServer");
    thread.setDaemon(true);
    thread.start();
  }

  /** What a client asked; names of headers in lower case. */
  public record Request(String path, Map<String, String> headers) {}

  /** Writes the whole answer, head and body. */
  public interface Answer {
    /** Answers one request. */
    void write(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  /** The address files are asked for at. */
  public String address() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/weights";
  }

  /** What to answer, in turn; the last one for good. */
  public void answers(Answer... inTurn) {
    answers = List.of(inTurn);
  }

  /** Everything asked so far. */
  public List<Request> requests() {
    return requests;
  }

  /** Serves a file as it should be: whole, or the rest of it that is asked for. */
  public static Answer file(byte[] bytes, String... headers) {
    return (request, out) -> {
      String range = request.headers().get("range");
      String condition = request.headers().get("if-range");
      boolean same = Arrays.stream(headers).anyMatch(header -> header.endsWith(": " + condition));
      if (range == null || !same) {
        head(out, "200 OK", bytes.length, headers);
        out.write(bytes);
        return;
      }
      int start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      if (start >= bytes.length) {
        head(out, "416 Range Not Satisfiable", 0);
        return;
      }
      List<String> all = new ArrayList<>(List.of(headers));
      all.add("Content-Range: bytes " + start + "-" + (bytes.length - 1) + "/" + bytes.length);
      head(out, "206 Partial Content", bytes.length - start, all.toArray(new String[0]));
      out.write(bytes, start, bytes.length - start);
    };
  }

  /** As {@link #file}, but the connection breaks after some bytes of the body. */
  public static Answer cut(byte[] bytes, int after, String... headers) {
    return (request, out) -> {
      int[] left = {after};
      boolean[] inBody = {false};
      file(bytes, headers)
          .write(
              request,
              new OutputStream() {
                @Override
                public void write(int b) {
                  throw new UnsupportedOperationException();
                }

                @Override
                public void write(byte[] body, int offset, int length) throws IOException {
                  out.write(body, offset, inBody[0] ? Math.min(length, left[0]) : length);
                  inBody[0] = true;
                }
              });
    };
  }

  /** A status and a body. */
  public static Answer text(String status, byte[] body, String... headers) {
    return (request, out) -> {
      head(out, status, body.length, headers);
      out.write(body);
    };
  }

  /** The head of an answer. */
  public static void head(OutputStream out, String status, long length, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\nConnection: close\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (length >= 0) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void serve() {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread thread = new Thread(() -> answer(client), "WeightServer answer");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void answer(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      String first = in.readLine();
      if (first == null) {
        return;
      }
      Map<String, String> headers = new TreeMap<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      Request request = new Request(first.split(" ")[1], headers);
      Answer answer;
      synchronized (requests) {
        answer = answers.get(Math.min(requests.size(), answers.size() - 1));
        requests.add(request);
      }
      answer.write(request, client.getOutputStream());
    } catch (IOException | InterruptedException e) {
      // The client went away, which some tests are about.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
