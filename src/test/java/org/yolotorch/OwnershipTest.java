// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.CpuTime;
import org.yolotorch.support.Hang;

/** Who frees a model, and what Java adds to a native call. */
class OwnershipTest {
  private static final int FORGOTTEN = 3;

  @Test
  void closedModelsAreFreedAtOnce() {
    NativeLoader.load();
    long before = Natives.openModels();
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      assertEquals(before + 1, Natives.openModels());
      assertTrue(model.toString().contains("yolo11n.pt"));
    }
    assertEquals(before, Natives.openModels());
  }

  /** In a JVM of its own, which logs to standard error as Java does by default. */
  @Test
  void forgottenModelsAreFreedByTheCollectorWhichTellsWhereTheyWereLoaded()
      throws IOException, InterruptedException {
    Path model = Assets.get("weights/yolo11n.pt");
    ChildJvm.Output printed =
        ChildJvm.outputs(ChildJvm.command(List.of(), Forgetful.class, model, FORGOTTEN));
    assertEquals(FORGOTTEN + " loaded, 0 left", printed.out());
    String err = printed.err();
    assertEquals(FORGOTTEN, count("yolo11n.pt' should have been closed by its owner", err), err);
    assertEquals(FORGOTTEN, count("Forgetful.forget(OwnershipTest.java:", err), err);
  }

  private static int count(String part, String text) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  /** Loads models, closes none and lets the collector find them. */
  static final class Forgetful {
    private Forgetful() {}

    public static void main(String[] args) throws Exception {
      long loaded = forget(Path.of(args[0]), Integer.parseInt(args[1]));
      Hang.until(
          "the collector has freed the models",
          () -> {
            System.gc();
            return Natives.openModels() == 0;
          });
      System.out.println(loaded + " loaded, " + Natives.openModels() + " left");
    }

    private static long forget(Path file, int count) {
      List<Yolo> models = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        models.add(Yolo.load(file));
      }
      assertEquals(count, models.size());
      return Natives.openModels();
    }
  }

  /** The pixels, which are 2.5 MB, are not copied on Java's side. */
  @Test
  void javaAllocatesLittleForANativeCall() throws Exception {
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      Image bus = Image.read(Assets.picture("bus.jpg"));
      PredictOptions options = PredictOptions.builder().imgsz(64).conf(0.01).build();
      model.predict(bus, options);
      double bytes = CpuTime.bytesAllocatedBy(() -> model.predict(bus, options));
      Assets.figure("java_bytes_per_call", bytes, "bytes");
      assertTrue(bytes <= 64 << 10, bytes + " bytes");
    }
  }
}
