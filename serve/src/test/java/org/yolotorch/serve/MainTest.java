// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.serve.support.Assets;
import org.yolotorch.serve.support.Client;

/** {@code yolo serve} as a process of its own. */
class MainTest {
  private static final int CLIENTS = 16;

  @TempDir Path folder;

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.yolotorch.serve.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("YOLOTORCH_TOKEN");
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void endsByTheSignalWithoutLosingARequest() throws Exception {
    String model = Assets.get("exported/yolo11n.torchscript").toString();
    byte[] bus = Files.readAllBytes(Assets.get("images/bus.jpg"));
    Process process = start("model=" + model, "port=0");
    ExecutorService callers = Executors.newFixedThreadPool(CLIENTS);
    try (BufferedReader out = output(process)) {
      String line = out.readLine();
      assertTrue(line != null && line.startsWith("Serving yolo11n 1 at http://127.0.0.1:"), line);
      URI uri = URI.create(line.substring(line.indexOf("http")));
      AtomicInteger answered = new AtomicInteger();
      CountDownLatch warm = new CountDownLatch(2 * CLIENTS);
      List<Future<String>> endings = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Client client = new Client(uri);
        endings.add(
            callers.submit(
                () -> {
                  try {
                    for (; ; ) {
                      int status = client.picture("yolo11n", bus).status();
                      if (status != 200) {
                        return "status " + status;
                      }
                      answered.incrementAndGet();
                      warm.countDown();
                    }
                  } catch (ConnectException e) {
                    return "refused";
                  } catch (IOException e) {
                    return e.toString();
                  }
                }));
      }
      warm.await();
      process.toHandle().destroy();
      List<String> lost = new ArrayList<>();
      for (Future<String> ending : endings) {
        if (!ending.get().equals("refused")) {
          lost.add(ending.get());
        }
      }
      System.out.println("FIGURE serve_lost_at_sigterm=" + lost.size() + " requests");
      assertEquals(List.of(), lost, "of requests that were accepted");
      assertTrue(answered.get() >= 2 * CLIENTS);
      assertEquals("", out.lines().collect(Collectors.joining("\n")));
      assertEquals(143, process.waitFor(), "ended by the signal");
      assertEquals("", err());
    } finally {
      process.destroyForcibly();
      callers.shutdown();
    }
  }

  private int run(String... arguments) throws Exception {
    Process process = start(arguments);
    try (BufferedReader out = output(process)) {
      out.lines().forEach(line -> {});
    }
    return process.waitFor();
  }

  @Test
  void wrongSettingsAreOneSentence() throws Exception {
    String[][] wrong = {
      {"no model", "serve needs a model, but none came"},
      {"unknown=1", "serve has no setting 'unknown'"},
      {"port=70000", "port must be 0 to 65535, but was '70000'"},
      {"admin=maybe", "admin must be True or False"},
      {"port", "serve takes key=value, but 'port' has no value"},
      {"tls_cert=x", "tls_cert and tls_key belong together"}
    };
    for (String[] one : wrong) {
      String[] arguments =
          one[0].equals("no model") ? new String[0] : new String[] {"model=none.pt", one[0]};
      assertEquals(2, run(arguments), one[0]);
      assertTrue(err().startsWith(one[1]), err());
      assertEquals(1, err().lines().count(), err());
    }
    assertEquals(1, run("model=" + folder.resolve("none.pt")));
    assertEquals(1, err().lines().count(), err());
  }

  @Test
  void aPortThatIsTakenIsOneSentence() throws Exception {
    String model = "model=" + Assets.get("exported/yolo11n.torchscript");
    try (YoloServer server = YoloServer.start(ServeOptions.of(model, "port=0"))) {
      assertEquals(2, run(model, "port=" + server.port()));
      assertTrue(err().contains(":" + server.port() + " cannot be listened at"), err());
      assertEquals(1, err().lines().count(), err());
    }
  }

  @Test
  void theLogCanBeJson() throws Exception {
    Path model = Files.createDirectories(folder.resolve("models/street/1")).resolve("model.pt");
    Files.writeString(model, "no model");
    Process process = start("repository=" + folder.resolve("models"), "port=0", "log=json");
    try (BufferedReader out = output(process)) {
      assertTrue(out.readLine().startsWith("Serving street 1 ("));
      process.toHandle().destroy();
      assertEquals(143, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
    JsonNode entry = new ObjectMapper().readTree(err());
    assertEquals("WARNING", entry.get("level").asText());
    assertTrue(entry.get("message").asText().startsWith("street 1 cannot be served: "), err());
    assertEquals(1, err().lines().count(), err());
  }

  @Test
  void helpListsEverySetting() throws Exception {
    Process process = start("--help");
    try (BufferedReader out = output(process)) {
      String text = out.lines().collect(Collectors.joining("\n"));
      for (Setting setting : Setting.values()) {
        assertTrue(text.contains("\n  " + setting.key() + " "), setting.key());
      }
    }
    assertEquals(0, process.waitFor());
  }
}
