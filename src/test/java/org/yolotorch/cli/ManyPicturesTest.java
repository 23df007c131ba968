// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.Assets;

/** One broken picture costs itself alone. */
class ManyPicturesTest {
  @TempDir Path folder;

  @Test
  void oneBadFileOfAHundredIsNamed() throws Exception {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 100; i++) {
      Path file = pictures.resolve(String.format("p%02d.png", i));
      if (i == 41) {
        Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0});
      } else {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR);
        picture.setRGB(i % 40, i % 30, 0xffffff);
        ImageIO.write(picture, "png", file.toFile());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "predict",
            "model=yolo11n-cls.yaml",
            "imgsz=32",
            "source=" + pictures,
            "project=" + folder.resolve("runs"),
            "save_json=True");
    String printed = err.toString(StandardCharsets.UTF_8);
    long results =
        out.toString(StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("image ")).count();
    Assets.figure("R20_results_of_99", results, "results");
    assertEquals(99, results);
    assertEquals(1, code, printed);
    assertTrue(printed.contains("p41.png"), printed);
    try (var files = Files.list(folder.resolve("runs/predict"))) {
      assertEquals(99, files.filter(file -> file.toString().endsWith(".jpg")).count());
    }
  }
}
