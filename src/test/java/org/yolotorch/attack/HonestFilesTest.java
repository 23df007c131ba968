// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.ExportOptions;
import org.yolotorch.ModelArchive;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.support.Assets;
import org.yolotorch.support.CpuTime;
import org.yolotorch.support.Stopwatch;

/** R5: what honest exporters write passes the gate, for a small part of what loading costs. */
class HonestFilesTest {
  private static final double MOST_HASHES = 10;
  private static final int RUNS = 5;
  private static final List<String> TASKS = List.of("", "-seg", "-pose", "-obb", "-cls");

  @TempDir Path folder;

  private static Map<String, ExportOptions.Builder> kinds(boolean classifies) {
    Map<String, ExportOptions.Builder> kinds = new LinkedHashMap<>();
    kinds.put("static", ExportOptions.builder());
    kinds.put("dynamic", ExportOptions.builder().dynamic(true));
    kinds.put("half", ExportOptions.builder().half(true));
    kinds.put("optimize", ExportOptions.builder().optimize(true));
    kinds.put("pipeline", ExportOptions.builder().pipeline(true));
    kinds.put("layers", ExportOptions.builder().layers("0-3"));
    if (!classifies) {
      kinds.put("nms", ExportOptions.builder().nms(true));
      kinds.put("nms-dynamic", ExportOptions.builder().nms(true).dynamic(true));
      kinds.put("nms-half", ExportOptions.builder().nms(true).half(true));
      kinds.put("nms-optimize", ExportOptions.builder().nms(true).optimize(true));
    }
    return kinds;
  }

  private static String refusal(Path file) {
    try {
      ModelArchive.verify(file);
      return "";
    } catch (YoloException e) {
      return file.getFileName() + ": " + e.getMessage();
    }
  }

  @Test
  void noHonestFileIsRefused() throws IOException {
    List<String> refused = new ArrayList<>();
    int models = 0;
    Path script = folder.resolve("forward.py");
    Files.writeString(script, "def forward(self, x: Tensor):\n  return self.network(x / 2.0)\n");
    for (String task : TASKS) {
      try (Yolo model = Yolo.load(Path.of("yolo11n" + task + ".yaml"))) {
        Map<String, ExportOptions.Builder> kinds = kinds(task.equals("-cls"));
        kinds.put("script", ExportOptions.builder().script(script));
        if (!Boolean.getBoolean("yolotorch.long") && !task.isEmpty()) {
          // Kinds differ in what is around a network, tasks in its head.
          kinds.keySet().retainAll(Set.of("static", "nms-dynamic", "half"));
        }
        for (Map.Entry<String, ExportOptions.Builder> kind : kinds.entrySet()) {
          Path file = folder.resolve("own" + task + "-" + kind.getKey() + ".torchscript");
          model.export(kind.getValue().imgsz(64).file(file).build());
          refused.add(refusal(file));
          models++;
          Files.delete(file);
        }
      }
    }
    refused.removeIf(String::isEmpty);
    Assets.figure("R5_own_models", models, "files");
    assertEquals("", String.join("\n", refused));
    assertTrue(models >= 20, "files " + models);
  }

  @Test
  void noForeignFileIsRefused() throws IOException {
    List<String> refused = new ArrayList<>();
    int models = 0;
    for (String place : new String[] {"exported", "weights"}) {
      try (Stream<Path> files = Files.list(Assets.get(place))) {
        for (Path file : files.sorted().toList()) {
          String name = file.toString();
          if (name.endsWith(".torchscript") || name.endsWith(".pt")) {
            refused.add(refusal(file));
            models++;
          }
        }
      }
    }
    refused.removeIf(String::isEmpty);
    Assets.figure("R5_foreign_models", models, "files");
    Assets.figure("R5_refused", refused.size(), "files");
    assertEquals("", String.join("\n", refused));
    assertTrue(models >= 6, "files " + models);
  }

  @Test
  void theGateCostsAFewPassesOverTheFile() throws Exception {
    Path file = Assets.get("exported/yolo11n.torchscript");
    byte[] bytes = Files.readAllBytes(file);
    Callable<?> verify =
        () -> {
          ModelArchive.verify(file);
          return null;
        };
    Stopwatch.figure("R3_verify_ms", RUNS, verify);
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    CpuTime.assertRatio(
        "R3_verify_over_sha256", MOST_HASHES, RUNS, verify, () -> hash.digest(bytes));
  }
}
