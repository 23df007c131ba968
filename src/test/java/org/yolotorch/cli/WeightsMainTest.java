// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.ExportOptions;
import org.yolotorch.ImageSize;
import org.yolotorch.Yolo;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Hang;
import org.yolotorch.support.WeightServer;

/** Weights by name on the command line, each run a process with its own folder and cache. */
class WeightsMainTest {
  private static final String NAME = "yolo11n.pt";

  @TempDir Path folder;

  private WeightServer server;
  private Path working;
  private Path cache;
  private Path picture;
  private String out;
  private String err;

  @BeforeEach
  void start() throws IOException {
    byte[] weights = Files.readAllBytes(Assets.get("weights/" + NAME));
    picture = Assets.picture("bus.jpg");
    working = Files.createDirectory(folder.resolve("working"));
    cache = folder.resolve("cache/yolotorch/weights");
    server = new WeightServer();
    server.answers(WeightServer.file(weights));
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private int run(List<String> options, Class<?> main, Object... args) throws Exception {
    Path outFile = folder.resolve("out");
    Path errFile = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(options, main, args));
    builder.environment().remove("YOLOTORCH_WEIGHTS");
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().put("YOLOTORCH_WEIGHTS_URL", server.address());
    builder.directory(working.toFile()).redirectOutput(outFile.toFile());
    int code = Hang.start(builder.redirectError(errFile.toFile())).waitFor();
    out = Files.readString(outFile);
    err = Files.readString(errFile);
    return code;
  }

  private int yolo(Object... args) throws Exception {
    return run(List.of("-XX:TieredStopAtLevel=1"), Main.class, args);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void modelIsFetchedOnceAndExportedHere() throws Exception {
    assertEquals(0, yolo("export", "model=yolo11n", "imgsz=64"), err);
    List<String> lines = err.lines().toList();
    assertEquals(
        "Downloading " + server.address() + "/yolo11n.pt to '" + cache.resolve(NAME) + "' (5.4 MB)",
        lines.get(0));
    assertTrue(lines.get(1).contains("AGPL-3.0 unless you have bought another"), err);
    assertTrue(lines.get(2).matches("Downloaded in .* s \\(.* MB/s\\)"), err);
    assertEquals(3, lines.size(), err);
    assertTrue(out.contains("Model: '" + cache.resolve(NAME) + "' (5.4 MB)"), out);
    assertTrue(out.contains("Results saved to " + working), out);
    assertEquals(List.of("yolo11n.torchscript"), names(working));
    assertEquals(List.of(NAME, NAME + ".sha256"), names(cache));

    server.close();
    assertEquals(0, yolo("predict", "model=" + NAME, "source=" + picture, "save=False"), err);
    assertEquals("", err);
    assertTrue(out.contains("4 persons, 1 bus"), out);
    assertEquals(1, server.requests().size());

    // The library finds it too, and never puts an archive where nobody looks.
    Files.delete(working.resolve("yolo11n.torchscript"));
    assertEquals(0, run(List.of(), Exporting.class), err);
    assertEquals(List.of("yolo11n.torchscript"), names(working));
    assertEquals(List.of(NAME, NAME + ".sha256"), names(cache));
  }

  /** What a Java program would do. */
  static final class Exporting {
    private Exporting() {}

    public static void main(String[] args) {
      try (Yolo model = Yolo.load(Path.of(NAME))) {
        System.out.println(
            model.export(ExportOptions.builder().imgsz(ImageSize.square(64)).build()));
      }
    }
  }

  @Test
  void damagedWeightsAreFetchedAnewOrRefused() throws Exception {
    Files.createDirectories(cache);
    byte[] weights = Files.readAllBytes(Assets.get("weights/" + NAME));
    Path file = Files.write(cache.resolve(NAME), Arrays.copyOf(weights, 1_000_000));
    String sum = "0".repeat(64) + "  " + NAME + "\n";
    Files.writeString(cache.resolve(NAME + ".sha256"), sum);
    assertEquals(1, run(List.of(), Exporting.class));
    assertTrue(err.contains("YoloException$CorruptModel: '" + file + "' must be as it was"), err);
    assertEquals(0, yolo("predict", "model=yolo11n", "source=" + picture, "save=False"), err);
    assertTrue(err.startsWith("'" + file + "' is no longer as it was fetched: "), err);
    assertTrue(out.contains("4 persons, 1 bus"), out);
    assertEquals(weights.length, Files.size(file));

    Files.write(file, Arrays.copyOf(weights, 1_000_000));
    server.close();
    assertEquals(1, yolo("predict", "model=yolo11n", "source=" + picture, "save=False"));
    List<String> lines = err.lines().toList();
    assertTrue(lines.get(0).contains("no longer as it was fetched"), err);
    assertTrue(lines.get(1).contains("cannot be reached (Connection refused)"), err);
    assertEquals(2, lines.size(), err);
  }

  @Test
  void namesThatAreNoneFailWithoutTheNetwork() throws Exception {
    assertEquals(1, yolo("predict", "model=yolo11q.pt", "source=" + picture));
    assertTrue(err.contains("the nearest are 'yolo11n.pt'"), err);
    assertEquals(1, yolo("predict", "model=models/yolo11n.pt", "source=" + picture));
    assertTrue(err.startsWith("There is no file 'models/yolo11n.pt'"), err);
    assertEquals(1, err.lines().count(), err);
    assertEquals(List.of(), server.requests());
    assertFalse(Files.exists(cache));
  }

  @Test
  void fileThatIsThereLoadsNothingOfThis() throws Exception {
    Files.copy(Assets.get("weights/" + NAME), working.resolve(NAME));
    String[] args = {"predict", "model=" + NAME, "source=" + picture, "save=False"};
    assertEquals(0, run(List.of("-Xlog:class+load"), Main.class, (Object[]) args), err);
    // The log holds what it should: the check below is no check of an empty file.
    assertTrue(out.contains("org.yolotorch.Yolo source:"), "no log");
    for (String name :
        List.of(
            "org.yolotorch.Weights ",
            "org.yolotorch.internal.weights.WeightFiles ",
            "org.yolotorch.internal.weights.WeightPlaces ",
            "org.yolotorch.internal.weights.Download ",
            "org.yolotorch.internal.WebFile ",
            "org.yolotorch.internal.weights.Sha256 ",
            "org.yolotorch.cli.DownloadProgress ",
            "java.net.HttpURLConnection ",
            "sun.net.www.protocol.http")) {
      assertFalse(out.contains(" " + name), name);
    }
  }
}
