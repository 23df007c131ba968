// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Frame;
import org.yolotorch.Source;
import org.yolotorch.render.Clips;
import org.yolotorch.source.Sources;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Hang;

/** A video from end to end: as many frames as came in, at their times, in memory that stays. */
class VideoFigureTest {
  private static final int RATE = 25;

  @TempDir Path folder;

  private static List<Long> times(Path video) {
    List<Long> times = new ArrayList<>();
    try (Source source = Sources.open(video)) {
      for (Frame frame : source) {
        assertEquals(1280, frame.read().width());
        times.add(frame.video().orElseThrow().micros());
      }
    }
    return times;
  }

  private static long residentMegabytes(long process) throws Exception {
    String[] pages = Files.readString(Path.of("/proc/" + process + "/statm")).split(" ");
    return Long.parseLong(pages[1]) * 4096 >> 20;
  }

  @Test
  void tenSecondsGiveTheirFramesAndTakeNoMoreMemoryThanFive() throws Exception {
    int frames = (Boolean.getBoolean("yolotorch.long") ? 60 : 10) * RATE;
    Path clip = Clips.clip(folder.resolve("clip.mp4"), frames, 1280, 720, RATE);
    List<String> command =
        ChildJvm.command(
            List.of("-XX:+UseSerialGC"),
            Main.class,
            "predict",
            "model=yolo11n.yaml",
            "imgsz=128",
            "conf=0.9",
            "source=" + clip,
            "project=" + folder.resolve("runs"));
    Process process = Hang.start(new ProcessBuilder(command).redirectErrorStream(true));
    int results = 0;
    long first = 0;
    long second = 0;
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("video ")) {
          results++;
          long now = residentMegabytes(process.pid());
          if (results <= frames / 2) {
            first = Math.max(first, now);
          } else {
            second = Math.max(second, now);
          }
        }
      }
    } finally {
      process.destroy();
    }
    assertEquals(0, process.waitFor(), said.toString());
    List<Long> in = times(clip);
    List<Long> out = times(folder.resolve("runs/predict/clip.mp4"));
    long shift = 0;
    for (int i = 0; i < Math.min(in.size(), out.size()); i++) {
      shift = Math.max(shift, Math.abs(in.get(i) - out.get(i)));
    }
    Assets.figure("video_frames_in", in.size(), "frames");
    Assets.figure("video_results", results, "frames");
    Assets.figure("video_frames_out", out.size(), "frames");
    Assets.figure("video_time_shift", shift, "us");
    Assets.figure("video_memory_first_half", first, "MiB");
    Assets.figure("video_memory_second_half", second, "MiB");
    assertEquals(frames, in.size());
    assertEquals(frames, results);
    assertEquals(frames, out.size());
    assertTrue(shift <= 20, shift + " us");
    assertTrue(second <= first * 1.1 + 16, first + " MiB, then " + second);
  }
}
