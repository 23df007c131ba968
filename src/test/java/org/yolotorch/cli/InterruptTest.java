// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Frame;
import org.yolotorch.Source;
import org.yolotorch.render.Clips;
import org.yolotorch.render.VideoWriter;
import org.yolotorch.source.Sources;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Hang;

/** Runs that end early: by Ctrl-C, and by a disk that takes no more. */
class InterruptTest {
  @TempDir Path folder;

  private List<String> command(Object source) {
    // The file that tells the JVM's state to tools is larger than the disk of one test.
    List<String> command =
        ChildJvm.command(
            List.of("-XX:-UsePerfData"),
            Main.class,
            "predict",
            "model=yolo11n.yaml",
            "imgsz=64",
            "conf=0.9",
            "source=" + source,
            "project=" + folder.resolve("runs"),
            "save_json");
    return command;
  }

  @Test
  void controlCClosesTheVideoAndEndsWith130() throws Exception {
    Path clip = Clips.clip(folder.resolve("clip.mp4"), 1_500, 320, 240, 25);
    // Whoever started this JVM may have chosen to ignore the signal.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(command(clip));
    Process process = Hang.start(new ProcessBuilder(command).redirectErrorStream(true));
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int frames = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("video ") && ++frames == 20) {
          new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
        }
      }
      assertEquals(130, process.waitFor(), said.toString());
      assertTrue(frames >= 20 && frames < 1_500, "" + frames);
      int written = 0;
      try (Source source = Sources.open(folder.resolve("runs/predict/clip.mp4"))) {
        for (Frame frame : source) {
          assertEquals(320, frame.read().width());
          written++;
        }
      }
      assertEquals(frames, written);
    } finally {
      process.destroyForcibly();
    }
    assertTrue(said.toString().contains("Interrupted; finishing the file in hand."));
    String json = Files.readString(folder.resolve("runs/predict/predictions.json"));
    assertTrue(json.endsWith("\n]\n"), json);
  }

  @Test
  void controlCLeavesNoHalfFileOfAMeasurement() throws Exception {
    Path weights = Assets.get("weights/yolo11n.pt");
    Path pictures = Assets.get("images/coco128");
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 80; i++) {
      names.append(i == 0 ? "[c0" : ", c" + i);
    }
    Path data =
        Files.writeString(
            folder.resolve("data.yaml"), "val: " + pictures + "\nnames: " + names + "]\n");
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(
        ChildJvm.command(
            List.of("-XX:-UsePerfData"),
            Main.class,
            "val",
            "model=" + weights,
            "data=" + data,
            "batch=1",
            "project=" + folder.resolve("runs"),
            "save_json"));
    Process process = Hang.start(new ProcessBuilder(command).redirectErrorStream(true));
    try {
      Path part = folder.resolve("runs/val/.predictions.json.part");
      Hang.until("a part is written", () -> !process.isAlive() || Files.exists(part));
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(130, process.waitFor(), said);
      assertFalse(Files.exists(part), said);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void diskThatIsFullIsToldAndLeavesNoHalfFile() throws Exception {
    Path clip = folder.resolve("clip.mp4");
    try (VideoWriter writer = new VideoWriter(clip, 320, 240, 25)) {
      Random random = new Random(1);
      for (int i = 0; i < 50; i++) {
        BufferedImage noise = new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR);
        random.nextBytes(((DataBufferByte) noise.getRaster().getDataBuffer()).getData());
        writer.write(noise, i * 40_000L);
      }
    }
    Path script =
        Files.writeString(folder.resolve("run.sh"), "ulimit -f 40\ntrap '' XFSZ\nexec \"$@\"\n");
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(command(clip));
    Process process = Hang.start(new ProcessBuilder(command).redirectErrorStream(true));
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), said);
    assertTrue(said.contains("clip.mp4"), said);
    assertTrue(said.contains("free some space"), said);
    assertFalse(said.contains("\tat "), said);
    try (var files = Files.walk(folder.resolve("runs"))) {
      assertFalse(files.anyMatch(file -> file.toString().endsWith(".part")));
    }
    assertFalse(Files.exists(folder.resolve("runs/predict/clip.mp4")));
  }
}
