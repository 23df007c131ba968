// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of serve/deploy name what the server has: settings, addresses, metrics, sources. */
class DeployFilesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DEPLOY = ROOT.resolve("serve/deploy");
  private static final String MAIN = Main.class.getName();
  private static final String PORT = Setting.PORT.defaultValue();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static YoloServer server;
  private static HttpClient client;

  /** A model with random weights, which needs no file. */
  @BeforeAll
  static void start() {
    server = YoloServer.start(ServeOptions.of("model=yolo11n.yaml", "port=0"));
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String read(String name) throws IOException {
    return Files.readString(DEPLOY.resolve(name));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(server.uri().resolve(path)));
  }

  /** Groups of all places where a pattern is found. */
  private static List<String> all(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String one(String pattern, String text) {
    List<String> found = all(pattern, text);
    assertEquals(1, found.size(), pattern);
    return found.get(0);
  }

  /** Samples of the metrics by name, after an answer and a failure. */
  private static Set<String> metrics() throws Exception {
    URI infer = server.uri().resolve("/v2/models/yolo11n/infer");
    HttpRequest.Builder picture =
        HttpRequest.newBuilder(infer)
            .header("Content-Type", "image/png")
            .POST(HttpRequest.BodyPublishers.ofFile(ROOT.resolve("docs/astronaut.png")));
    assertEquals(200, send(picture).statusCode());
    assertEquals(404, get("/nowhere").statusCode());
    return new TreeSet<>(all("^(\\w+)(?:\\{.*\\})? \\S+$", get("/metrics").body()));
  }

  @Test
  void theDashboardAsksForMetricsThatTheServerHas() throws Exception {
    JsonNode dashboard = JSON.readTree(read("grafana-dashboard.json"));
    List<String> expressions = new ArrayList<>();
    dashboard.findValues("expr").forEach(node -> expressions.add(node.asText()));
    dashboard.findValues("definition").forEach(node -> expressions.add(node.asText()));
    String joined = String.join("\n", expressions);
    Set<String> used = new TreeSet<>(all("\\b(yolotorch_\\w+)", joined));
    assertEquals(14, used.size(), used::toString);
    Set<String> missing = new TreeSet<>(used);
    missing.removeAll(metrics());
    assertEquals(Set.of(), missing);
    String text = get("/metrics").body();
    assertTrue(text.contains("{model=\"yolo11n\",version=\"1\"}"), text);
    assertTrue(text.contains("yolotorch_failures_total{reason=\"no_path\"} 1"), text);
  }

  @Test
  void theDashboardCanBeImported() throws Exception {
    JsonNode dashboard = JSON.readTree(read("grafana-dashboard.json"));
    assertEquals("yolotorch", dashboard.get("title").asText());
    ArrayNode panels = (ArrayNode) dashboard.get("panels");
    assertEquals(6, panels.size());
    assertEquals(
        6,
        panels.findValues("id").stream().map(JsonNode::asInt).collect(Collectors.toSet()).size());
    Set<String> places = new TreeSet<>();
    panels.forEach(panel -> places.add(panel.get("gridPos").toString()));
    assertEquals(6, places.size());
    // Whoever imports it chooses the source of the data.
    dashboard.findValues("uid").stream()
        .map(JsonNode::asText)
        .filter(uid -> !uid.equals("yolotorch-serve"))
        .forEach(uid -> assertEquals("${datasource}", uid));
    Set<String> variables = new TreeSet<>();
    dashboard.at("/templating/list").forEach(node -> variables.add(node.get("name").asText()));
    assertEquals(Set.of("datasource", "model", "version"), variables);
  }

  @Test
  void theRuntimeOfKserveNamesPortAndAddressesOfTheServer() throws Exception {
    Object parsed =
        new Load(LoadSettings.builder().build()).loadFromString(read("kserve-runtime.yaml"));
    JsonNode runtime = JSON.valueToTree(parsed);
    assertEquals("ClusterServingRuntime", runtime.get("kind").asText());
    JsonNode spec = runtime.get("spec");
    assertEquals("[\"v2\"]", spec.get("protocolVersions").toString());
    assertEquals("torchscript", spec.at("/supportedModelFormats/0/name").asText());
    assertTrue(spec.at("/supportedModelFormats/0/autoSelect").asBoolean());
    assertEquals("pytorch", spec.at("/supportedModelFormats/1/name").asText());
    assertEquals(PORT, spec.at("/annotations/prometheus.kserve.io~1port").asText());
    assertEquals(
        200, get(spec.at("/annotations/prometheus.kserve.io~1path").asText()).statusCode());
    JsonNode container = spec.at("/containers/0");
    assertEquals("kserve-container", container.get("name").asText());
    assertEquals(PORT, container.at("/ports/0/containerPort").asText());
    for (String probe : List.of("readinessProbe", "livenessProbe")) {
      JsonNode asked = container.at("/" + probe + "/httpGet");
      assertEquals(PORT, asked.get("port").asText());
      assertEquals(200, get(asked.get("path").asText()).statusCode());
    }
    List<String> arguments = new ArrayList<>();
    container.get("args").forEach(argument -> arguments.add(argument.asText()));
    assertEquals(Path.of("/mnt/models"), ServeOptions.of(arguments).repository());
  }

  @Test
  void theImageIsBuiltFromSourcesThatThereAre() throws Exception {
    String file = read("Dockerfile").replace("\\\n", " ");
    Set<String> allowed = new TreeSet<>(all("^!(.*)$", read("Dockerfile.dockerignore")));
    Set<String> copied = new TreeSet<>();
    for (String line : all("^COPY ((?!--from).*)$", file)) {
      List<String> words = List.of(line.split(" +"));
      copied.addAll(words.subList(0, words.size() - 1));
    }
    assertEquals(10, copied.size(), copied::toString);
    for (String source : copied) {
      assertTrue(Files.exists(ROOT.resolve(source)), source);
    }
    assertEquals(copied, allowed);
  }

  @Test
  void theImageStartsTheServer() throws Exception {
    String file = read("Dockerfile").replace("\\\n", " ");
    assertEquals(PORT, one("^EXPOSE (\\d+)$", file));
    URI health = URI.create(one("^HEALTHCHECK .* (http\\S+)$", file));
    assertEquals(PORT, Integer.toString(health.getPort()));
    assertEquals(200, get(health.getPath()).statusCode());
    List<String> command = words(one("^ENTRYPOINT (\\[.*\\])$", file));
    command.addAll(words(one("^CMD (\\[.*\\])$", file)));
    ServeOptions options = settings(command);
    assertEquals("0.0.0.0", options.host());
    assertEquals(PORT, Integer.toString(options.port()));
    assertEquals(Path.of("/models"), options.repository());
    assertFalse(one("^USER (\\S+)$", file).matches("0|root"));
  }

  private static List<String> words(String json) throws IOException {
    List<String> words = new ArrayList<>();
    JSON.readTree(json).forEach(word -> words.add(word.asText()));
    return words;
  }

  /** The settings in a command that runs the server. */
  private static ServeOptions settings(List<String> command) {
    int main = command.indexOf(MAIN);
    assertTrue(main > 0, command::toString);
    return ServeOptions.of(command.subList(main + 1, command.size()));
  }

  @Test
  void theServiceGivesTheServerTimeToAnswerWhatHasCome() throws Exception {
    String unit = read("yolotorch-serve.service").replace("\\\n", " ");
    ServeOptions options = settings(Arrays.asList(one("^ExecStart=(.*)$", unit).split(" +")));
    assertEquals(Path.of("/srv/yolotorch"), options.repository());
    // What close() waits at most.
    long drain = options.timeout().toSeconds() + 5;
    assertTrue(Long.parseLong(one("^TimeoutStopSec=(\\d+)$", unit)) > drain, unit);
    assertEquals("SIGTERM", one("^KillSignal=(\\w+)$", unit));
    for (String setting :
        List.of(
            "DynamicUser=yes", "ProtectSystem=strict", "PrivateTmp=yes", "NoNewPrivileges=yes")) {
      assertTrue(unit.lines().anyMatch(setting::equals), setting);
    }
  }

  @Test
  void systemdAcceptsTheService() throws Exception {
    String file = DEPLOY.resolve("yolotorch-serve.service").toString();
    ProcessBuilder verify =
        new ProcessBuilder("systemd-analyze", "verify", file).redirectErrorStream(true);
    Process process;
    try {
      process = verify.start();
    } catch (IOException e) {
      Assumptions.abort("There is no systemd-analyze.");
      return;
    }
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    assertFalse(said.contains("yolotorch-serve.service:"), said);
  }
}
