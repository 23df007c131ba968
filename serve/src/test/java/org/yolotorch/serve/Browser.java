// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Chromium without a window, driven by its DevTools protocol. It is the program that the variable
 * YOLOTORCH_BROWSER names, else one of the usual names on the PATH. Without one a test is skipped,
 * but fails where CI=true; not on Ubuntu, which has no package of one.
 */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final String LISTENING = "DevTools listening on ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final Map<String, BrowserPage> pages = new ConcurrentHashMap<>();

  private Browser(Process process, Path profile, URI address) throws Exception {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Listener()).get();
  }

  /** Starts the browser, or skips the test. */
  static Browser start() throws Exception {
    String program = find();
    Path profile = Files.createTempDirectory("yolotorch-browser");
    List<String> command =
        List.of(
            program,
            "--headless=new",
            // Root, which CI is, has no other choice; the pages are our own.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, address), "browser-output");
    reader.setDaemon(true);
    reader.start();
    return new Browser(process, profile, address.get());
  }

  private static String find() {
    String given = System.getenv("YOLOTORCH_BROWSER");
    for (String name : given == null ? NAMES : List.of(given)) {
      if (runs(name)) {
        return name;
      }
    }
    String message = "The test needs Chromium; install it, or name it in YOLOTORCH_BROWSER.";
    if ("true".equals(System.getenv("CI")) && !isUbuntu()) {
      Assertions.fail(message);
    }
    return Assumptions.abort(message);
  }

  /** Ubuntu's package of Chromium is a program that only says where to get it. */
  private static boolean runs(String name) {
    try {
      return new ProcessBuilder(name, "--version")
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isUbuntu() {
    try {
      return Files.readAllLines(Path.of("/etc/os-release")).contains("ID=ubuntu");
    } catch (IOException e) {
      return false;
    }
  }

  private static void read(Process process, CompletableFuture<URI> address) {
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith(LISTENING)) {
          address.complete(URI.create(line.substring(LISTENING.length()).strip()));
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    address.completeExceptionally(new IOException("The browser did not start:\n" + said));
  }

  /** A window of this size, with nothing in it. */
  BrowserPage open(int width, int height) throws Exception {
    JsonNode target = send("Target.createTarget", Map.of("url", "about:blank"), null).get();
    JsonNode attached =
        send(
                "Target.attachToTarget",
                Map.of("targetId", target.get("targetId").asText(), "flatten", true),
                null)
            .get();
    String session = attached.get("sessionId").asText();
    BrowserPage page = new BrowserPage(this, session);
    pages.put(session, page);
    page.prepare(width, height);
    return page;
  }

  /** Sends a command of the DevTools protocol to a session, or to the browser for null. */
  CompletableFuture<JsonNode> send(String method, Map<String, ?> parameters, String session) {
    int id = lastId.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    synchronized (socket) {
      socket.sendText(message.toString(), true).join();
    }
    return answer;
  }

  private void received(JsonNode message) {
    CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt());
    BrowserPage page = pages.get(message.path("sessionId").asText());
    if (answer != null && message.has("error")) {
      answer.completeExceptionally(new IOException(message.get("error").toString()));
    } else if (answer != null) {
      answer.complete(message.get("result"));
    } else if (page != null) {
      page.happened(message.path("method").asText(), message.path("params"));
    }
  }

  private void lost(String why) {
    answers.values().forEach(answer -> answer.completeExceptionally(new IOException(why)));
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          received(JSON.readTree(text.toString()));
        } catch (IOException e) {
          lost(e.toString());
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      lost("The browser closed the connection " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      lost("The connection to the browser failed: " + error);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      send("Browser.close", Map.of(), null).get();
      process.waitFor();
    } catch (ExecutionException | InterruptedException e) {
      process.destroyForcibly().onExit().join();
    }
    // Its helpers may write for a moment yet, and what they write is no matter of the test.
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (UncheckedIOException e) {
      profile.toFile().deleteOnExit();
    }
  }
}
