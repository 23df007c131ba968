// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Frame;
import org.yolotorch.Source;
import org.yolotorch.YoloException;
import org.yolotorch.render.Clips;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Hang;

/** A program that reads no videos does without FFmpeg. */
class WithoutFfmpegTest {
  @TempDir Path folder;

  @Test
  void picturesAreReadAndVideosAreRefusedWithAWord() throws Exception {
    ImageIO.write(Clips.picture(0, 32, 32), "png", folder.resolve("a.png").toFile());
    Files.writeString(folder.resolve("b.mp4"), "a video");
    List<String> command = new ArrayList<>(ChildJvm.command(List.of(), Reader.class, folder));
    int classPath = command.indexOf("-cp") + 1;
    String without =
        Arrays.stream(command.get(classPath).split(File.pathSeparator))
            .filter(jar -> !new File(jar).getName().startsWith("ffmpeg"))
            .collect(Collectors.joining(File.pathSeparator));
    command.set(classPath, without);
    Process process = Hang.start(new ProcessBuilder(command).redirectErrorStream(true));
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    List<String> lines = said.lines().toList();
    assertEquals("32", lines.get(0), said);
    assertTrue(lines.get(1).startsWith("NATIVE_LIBRARY Videos need FFmpeg"), said);
  }

  /** Prints the width of each picture, or why it cannot be read. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] args) {
      try (Source source = Sources.open(Path.of(args[0]))) {
        for (Frame frame : source) {
          try {
            System.out.println(frame.read().width());
          } catch (YoloException e) {
            System.out.println(e.code() + " " + e.getMessage());
          }
        }
      }
    }
  }
}
