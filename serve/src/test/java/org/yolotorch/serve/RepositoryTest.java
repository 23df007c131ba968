// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.YoloException;
import org.yolotorch.serve.support.Assets;
import org.yolotorch.serve.support.Client;
import org.yolotorch.serve.support.Client.Answer;
import org.yolotorch.serve.support.TurnedClock;

/** Models that come, go and are replaced while the server runs. */
class RepositoryTest {
  @TempDir Path folder;

  private Path detect;
  private Path classify;
  private byte[] bus;
  private YoloServer server;
  private Client client;

  @BeforeEach
  void find() throws IOException {
    detect = Assets.get("exported/yolo11n.torchscript");
    classify = Assets.get("exported/yolo11n-cls.torchscript");
    bus = Files.readAllBytes(Assets.get("images/bus.jpg"));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void start(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "repository=" + folder;
    arguments[1] = "port=0";
    System.arraycopy(more, 0, arguments, 2, more.length);
    server = YoloServer.start(ServeOptions.of(arguments), new TurnedClock());
    client = new Client(server.uri());
  }

  private Path version(String model, int version) throws IOException {
    return Files.createDirectories(folder.resolve(model).resolve(Integer.toString(version)))
        .resolve("model.pt");
  }

  private String servedVersion(String model) throws Exception {
    Answer answer =
        client.post("/v2/models/" + model + "/infer", bus, "Inference-Header-Content-Length", "0");
    return answer.status() == 200
        ? answer.json().get("model_version").asText()
        : Integer.toString(answer.status());
  }

  private String index() throws Exception {
    StringBuilder text = new StringBuilder();
    for (JsonNode one : client.post("/v2/repository/index", "").json()) {
      text.append(one.get("name").asText()).append(' ').append(one.get("version").asText());
      text.append(' ').append(one.get("state").asText()).append('\n');
    }
    return text.toString();
  }

  /** Looks twice: a file that is new must be the same at two looks. */
  private void look() {
    server.lookNow();
    server.lookNow();
  }

  @Test
  void newVersionsTakeOver() throws Exception {
    Files.copy(detect, version("street", 1));
    start();
    assertEquals("1", servedVersion("street"));
    Files.copy(detect, version("street", 3));
    server.lookNow();
    assertEquals("1", servedVersion("street"), "a file seen once may not be complete");
    server.lookNow();
    assertEquals("3", servedVersion("street"));
    assertEquals("street 3 READY\n", index());
    Files.delete(version("street", 3));
    look();
    assertEquals("1", servedVersion("street"));
    Files.copy(classify, version("kinds", 7));
    look();
    assertEquals("7", servedVersion("kinds"));
    assertEquals("kinds 7 READY\nstreet 1 READY\n", index());
    Files.delete(version("kinds", 7));
    Files.delete(folder.resolve("kinds/7"));
    Files.delete(folder.resolve("kinds"));
    look();
    assertEquals("404", servedVersion("kinds"));
  }

  @Test
  void aVersionThatIsRenamedServesOn() throws Exception {
    Files.copy(detect, version("street", 1));
    start();
    Files.move(folder.resolve("street/1"), folder.resolve("street/2"));
    server.lookNow();
    assertEquals("1", servedVersion("street"), "until the other one is loaded");
    server.lookNow();
    assertEquals("2", servedVersion("street"));
    assertEquals("street 2 READY\n", index());
  }

  @Test
  void metricsOfAVersionOutliveWhatCannotReplaceIt() throws Exception {
    Files.copy(detect, version("street", 1));
    Files.createDirectories(folder.resolve("empty"));
    start();
    assertEquals("1", servedVersion("street"));
    Files.writeString(version("street", 1), "no model");
    look();
    assertEquals("1", servedVersion("street"));
    String name = "yolotorch_request_seconds_count{model=\"street\",version=\"1\"} ";
    assertTrue(client.get("/metrics").text().contains(name + "2"), client.get("/metrics").text());
    assertEquals("street 1 READY\n", index(), "folders without a version are no models");
  }

  @Test
  void growingFilesWait() throws Exception {
    Files.copy(detect, version("street", 1));
    start();
    byte[] bytes = Files.readAllBytes(detect);
    Path next = version("street", 2);
    for (int part = 1; part < 4; part++) {
      Files.write(next, java.util.Arrays.copyOf(bytes, bytes.length / 4 * part));
      server.lookNow();
      assertEquals("street 1 READY\n", index());
    }
    Files.write(next, bytes);
    look();
    assertEquals("street 2 READY\n", index());
  }

  @Test
  void brokenVersionsNeverReplaceGoodOnes() throws Exception {
    Files.copy(detect, version("street", 1));
    start();
    Files.writeString(version("street", 2), "no model");
    look();
    assertEquals("1", servedVersion("street"));
    assertEquals("street 2 UNAVAILABLE\nstreet 1 READY\n", index());
    JsonNode broken = client.post("/v2/repository/index", "").json().get(0);
    assertFalse(broken.get("reason").asText().isEmpty());
    assertEquals(1, client.post("/v2/repository/index", "{\"ready\":true}").json().size());
    assertEquals(503, client.get("/v2/models/street/versions/2").status());
    assertEquals(503, client.get("/v2/models/street/versions/2/ready").status());
    Files.copy(detect, version("street", 2), StandardCopyOption.REPLACE_EXISTING);
    look();
    assertEquals("2", servedVersion("street"));
    // In place of the version that serves, too.
    Files.writeString(version("street", 2), "no model");
    look();
    assertEquals("2", servedVersion("street"));
  }

  @Test
  void allVersionsCanBeServed() throws Exception {
    Files.copy(detect, version("street", 1));
    Files.copy(detect, version("street", 10));
    Files.copy(detect, version("street", 9));
    start("versions=all");
    assertEquals("street 10 READY\nstreet 9 READY\nstreet 1 READY\n", index());
    assertEquals("10", servedVersion("street"));
    assertEquals(200, client.get("/v2/models/street/versions/9").status());
    assertEquals(
        "[\"10\",\"9\",\"1\"]", client.get("/v2/models/street").json().get("versions").toString());
  }

  @Test
  void loadAndUnload() throws Exception {
    Files.copy(detect, version("street", 1));
    start("admin=True");
    assertEquals(200, client.post("/v2/repository/models/street/unload", "").status());
    look();
    assertEquals("503", servedVersion("street"), "unloaded models stay so");
    assertEquals("street 1 UNAVAILABLE\n", index());
    assertEquals(200, client.post("/v2/repository/models/street/load", "{}").status());
    assertEquals("1", servedVersion("street"));
    Files.copy(detect, version("street", 2));
    assertEquals(200, client.post("/v2/repository/models/street/load", "{}").status());
    assertEquals("2", servedVersion("street"), "without waiting for the next look");
    assertEquals(404, client.post("/v2/repository/models/nothing/load", "{}").status());
    assertEquals(404, client.post("/v2/repository/models/nothing/unload", "{}").status());
    Files.writeString(version("bad", 1), "no model");
    Answer bad = client.post("/v2/repository/models/bad/load", "{}");
    assertEquals(400, bad.status());
    assertTrue(bad.json().get("error").asText().contains("model"), bad.text());
  }

  @Test
  void namesLeadNowhereElse() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("secret/1"));
    Files.copy(detect, outside.resolve("model.pt"));
    Path inside = Files.createDirectories(folder.resolve("models/street/1"));
    Files.copy(detect, inside.resolve("model.pt"));
    server =
        YoloServer.start(
            ServeOptions.of("repository=" + folder.resolve("models"), "port=0", "admin=True"),
            new TurnedClock());
    client = new Client(server.uri());
    for (String name :
        new String[] {
          "..%2Fsecret", "%2e%2e%2fsecret", "..%5Csecret", ".%00", "..;", "street%2F1"
        }) {
      for (String path :
          new String[] {
            "/v2/models/" + name,
            "/v2/models/" + name + "/ready",
            "/v2/models/street/versions/" + name
          }) {
        int status = client.get(path).status();
        assertTrue(status == 404 || status == 400, path + " gave " + status);
      }
      int status = client.post("/v2/repository/models/" + name + "/load", "{}").status();
      assertTrue(status == 404 || status == 400, name + " gave " + status);
    }
    assertEquals("street 1 READY\n", index());
  }

  @Test
  void archivesOfTorchServe() throws Exception {
    Path mar = folder.resolve("detector.mar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(mar))) {
      zip.putNextEntry(new ZipEntry("MAR-INF/MANIFEST.json"));
      zip.write(
          "{\"model\":{\"modelName\":\"detector\",\"serializedFile\":\"net.pt\"}}"
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("net.pt"));
      Files.copy(detect, zip);
      zip.putNextEntry(new ZipEntry("handler.py"));
      zip.write("raise".getBytes(StandardCharsets.UTF_8));
    }
    server = YoloServer.start(ServeOptions.of("model=" + mar, "port=0"), new TurnedClock());
    client = new Client(server.uri());
    assertEquals("1", servedVersion("detector"));
    server.close();
    Files.writeString(mar, "no zip");
    YoloException bad =
        assertThrows(
            YoloException.class, () -> YoloServer.start(ServeOptions.of("model=" + mar, "port=0")));
    assertTrue(bad.getMessage().contains("detector.mar"), bad.getMessage());
  }

  @Test
  void aModelGivenByItsFileMustLoad() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.torchscript"), "no model");
    assertThrows(
        YoloException.class, () -> YoloServer.start(ServeOptions.of("model=" + bad, "port=0")));
    Path none = folder.resolve("none.torchscript");
    assertThrows(
        YoloException.class, () -> YoloServer.start(ServeOptions.of("model=" + none, "port=0")));
  }
}
