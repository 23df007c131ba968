// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yolotorch.Image;
import org.yolotorch.LoadOptions;
import org.yolotorch.PixelFormat;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;

/** Loads damaged archives one after the other, and predicts with those that load. */
final class CorruptionMain {
  private CorruptionMain() {}

  /** Arguments: a sound archive, how many, from which on (those before were tried already). */
  public static void main(String[] args) throws IOException {
    Damage damage = new Damage(Files.readAllBytes(Path.of(args[0])), 20261123);
    LoadOptions options = LoadOptions.builder().threads(1).onWarning(w -> {}).build();
    Image image = Image.of(ByteBuffer.allocateDirect(32 * 32 * 3), 32, 32, PixelFormat.RGB);
    int count = Integer.parseInt(args[1]);
    int first = Integer.parseInt(args[2]);
    for (int i = 0; i < count; i++) {
      byte[] file = damage.any();
      if (i < first) {
        continue;
      }
      String outcome = "predicted";
      try (Yolo model = Yolo.load(file, "damaged.torchscript", options)) {
        model.predict(image);
      } catch (YoloException e) {
        outcome = e.getClass().getSimpleName();
        if (e.getMessage().contains("please report it") || e.getMessage().contains("\n")) {
          outcome += " !" + e.getMessage().replace('\n', '|');
        }
      } catch (Throwable e) {
        outcome = "!" + e.toString().replace('\n', '|');
      }
      System.out.println("RESULT " + i + "\t" + outcome);
    }
  }
}
