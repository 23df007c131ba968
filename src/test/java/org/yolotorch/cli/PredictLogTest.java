// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Image;
import org.yolotorch.render.VideoWriter;
import org.yolotorch.support.Assets;

/**
 * What {@code yolo predict} prints, word for word: the files {@code predict-TASK.txt} hold command
 * lines, each behind "$ yolo", and what followed them. Folders, times and versions have names in
 * angle brackets there.
 */
class PredictLogTest extends CommandLineRun {
  private static final String PROMPT = "$ yolo ";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"detect", "segment", "pose", "obb", "classify"})
  void printsWhatYoloUsersKnow(String task) throws IOException {
    Path weights = Assets.get("weights");
    boolean obb = task.equals("obb");
    Path first = Assets.picture(obb ? "0001.jpg" : "bus.jpg");
    Path second = Assets.picture(obb ? "0002.jpg" : "zidane.jpg");
    Path several = Files.createDirectory(folder.resolve("several"));
    Files.copy(first, several.resolve("a.jpg"));
    Files.copy(second, several.resolve("b.jpg"));
    // Probabilities tell what an encoder loses; of black it loses nothing.
    BufferedImage frame =
        task.equals("classify")
            ? new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR)
            : Image.read(first).toBufferedImage();
    try (VideoWriter clip =
        new VideoWriter(folder.resolve("clip.mp4"), frame.getWidth(), frame.getHeight(), 25)) {
      for (int i = 0; i < 3; i++) {
        clip.write(frame, i * 40_000L);
      }
    }
    String expected =
        Files.readString(Path.of("src/test/resources/org/yolotorch/cli/predict-" + task + ".txt"));
    StringBuilder printed = new StringBuilder();
    for (String line : expected.lines().filter(text -> text.startsWith(PROMPT)).toList()) {
      String args =
          line.substring(PROMPT.length())
              .replace("<weights>", weights.toString())
              .replace("<folder>", folder.toString())
              .replace("<picture>", first.toString());
      assertEquals(0, run(args.split(" ")), err);
      assertEquals("", err);
      printed.append(line).append('\n').append(out);
    }
    assertEquals(expected, masked(printed.toString(), first));
  }

  private String masked(String text, Path first) {
    return text.replace(folder.toString(), "<folder>")
        .replace(first.toString(), "<picture>")
        .replaceAll("\\b\\d+\\.\\dms\\b", "<time>ms")
        .replaceAll("(?m)^yolotorch \\S+ LibTorch-\\S+ CPU( \\(.+\\))?$", "yolotorch <machine>");
  }
}
