// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.render.Clips;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Hang;

/** {@code show=True}. */
class ViewerTest extends CommandLineRun {
  @TempDir Path folder;

  /** Keeps what it is told to show; the run ends at a title that says so. */
  private static final class Screen implements Viewer.Screen {
    private final List<String> told = new ArrayList<>();
    private final Runnable end;

    Screen(Runnable end) {
      this.end = end;
    }

    @Override
    public void show(String title, BufferedImage picture) {
      told.add(title);
      if (title.equals("enough")) {
        end.run();
      }
    }

    @Override
    public void close() {
      told.add("closed");
    }
  }

  @Test
  void nothingIsShownAfterTheEnd() {
    List<Screen> screens = new ArrayList<>();
    Viewer viewer =
        new Viewer(
            end -> {
              screens.add(new Screen(end));
              return screens.get(0);
            },
            (ended, millis) -> screens.get(0).told.add("pause of " + millis + " ms"));
    assertEquals(List.of(), screens, "no window before there is a picture");
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
    viewer.show("picture", picture, false);
    assertFalse(viewer.isEnded());
    viewer.show("frame", picture, true);
    viewer.show("enough", picture, false);
    assertTrue(viewer.isEnded());
    viewer.show("more", picture, false);
    viewer.close();
    viewer.close();
    // A picture stays long enough to be seen; frames of a video follow each other.
    String pause = "pause of 500 ms";
    assertEquals(
        List.of("picture", pause, "frame", "enough", pause, "closed"), screens.get(0).told);
  }

  @Test
  void withoutDisplayItIsRefusedBeforeAnythingElse() {
    assertEquals(2, run("predict", "source=" + folder.resolve("none.jpg"), "show"));
    assertEquals(
        "show must be left at its default, but came with another value: there is no window to show"
            + " pictures in; look into the folder of the run.\n",
        err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aDisplayThatCannotBeReachedIsNone(String headless) throws Exception {
    List<String> command = command(headless, Main.class, folder.resolve("none.jpg"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DISPLAY", ":54321");
    Process process = Hang.start(builder);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor(), said);
    assertTrue(said.contains("there is no window to show pictures in;"), said);
  }

  private List<String> command(String headless, Class<?> main, Object source, String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("predict", "model=yolo11n.yaml", "imgsz=64", "conf=0.9", "show=True"));
    args.addAll(List.of("source=" + source, "project=" + folder.resolve("runs")));
    return ChildJvm.command(List.of("-Djava.awt.headless=" + headless), main, args.toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "button"})
  void aWindowShowsTheVideoUntilItIsEnded(String way) throws Exception {
    Assumptions.assumeTrue(isThere("Xvfb"), "Xvfb is not on the PATH; install it to test show.");
    Assumptions.assumeTrue(
        Files.exists(Path.of(System.getProperty("java.home"), "lib", "libawt_xawt.so")),
        "This Java is one without windows; use a whole one to test show.");
    Process display =
        new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader number = display.inputReader()) {
      Path clip = Clips.clip(folder.resolve("clip.mp4"), 2_000, 320, 240, 25);
      ProcessBuilder builder =
          new ProcessBuilder(command("false", WindowMain.class, clip, way))
              .redirectErrorStream(true);
      builder.environment().put("DISPLAY", ":" + number.readLine());
      Process process = Hang.start(builder);
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), said);
      assertTrue(said.contains("\ntitle " + clip + "\n"), said);
      assertTrue(said.contains("\nsize 320x240\n"), said);
      assertTrue(said.contains("\nexit code 0\n"), said);
      long frames = said.lines().filter(line -> line.startsWith("video ")).count();
      assertTrue(frames > 0 && frames < 2_000, "" + frames);
      assertTrue(said.contains("\nResults saved to "), said);
      assertTrue(Files.size(folder.resolve("runs/predict/clip.mp4")) > 0);
    } finally {
      display.destroy();
      display.waitFor();
    }
  }
}
