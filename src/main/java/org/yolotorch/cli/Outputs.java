// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.yolotorch.Box;
import org.yolotorch.ColorMode;
import org.yolotorch.Frame;
import org.yolotorch.PlotOptions;
import org.yolotorch.Result;
import org.yolotorch.Task;
import org.yolotorch.VideoFrame;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.PathText;
import org.yolotorch.render.Renderer;

/** Writes what a run is asked to write of each result. */
final class Outputs implements AutoCloseable {
  private final Values values;
  private final Console console;
  private final Renderer renderer;
  private final Profile profile;
  private final Viewer viewer;
  private final boolean save;
  private final boolean saveFrames;
  private final boolean saveTxt;
  private final boolean saveConf;
  private final boolean saveJson;
  private final boolean saveCsv;
  private boolean saveCrop;
  private RunFiles files;
  private VideoFile video;
  private int item = -1;
  private String stem;

  /** Builds the options first, so that a wrong one is reported before any file is touched. */
  Outputs(Values values, Console console, Profile profile) {
    this.values = values;
    this.console = console;
    this.profile = profile;
    this.renderer = renderer(values, console);
    this.save = values.flag(Argument.SAVE);
    this.saveFrames = values.flag(Argument.SAVE_FRAMES);
    this.saveTxt = values.flag(Argument.SAVE_TXT);
    this.saveConf = values.flag(Argument.SAVE_CONF);
    this.saveJson = values.flag(Argument.SAVE_JSON);
    this.saveCsv = values.flag(Argument.SAVE_CSV);
    this.saveCrop = values.flag(Argument.SAVE_CROP);
    if (save || saveFrames || writesMore()) {
      RunDirectory.check(values, Mode.PREDICT);
    }
    this.viewer = values.flag(Argument.SHOW) ? Window.viewer() : null;
  }

  private static Renderer renderer(Values values, Console console) {
    return Renderer.of(
        PlotOptions.builder()
            .boxes(values.flag(Argument.SHOW_BOXES))
            .labels(values.flag(Argument.SHOW_LABELS))
            .conf(values.flag(Argument.SHOW_CONF))
            .lineWidth(orZero(values.whole(Argument.LINE_WIDTH)))
            .colorMode(ColorMode.of(values.text(Argument.COLOR_MODE)))
            .kptRadius(orZero(values.whole(Argument.KPT_RADIUS)))
            .kptLine(values.flag(Argument.KPT_LINE))
            .font(values.text(Argument.FONT))
            .fontSize(orZero(values.whole(Argument.FONT_SIZE)))
            .onWarning(console)
            .build());
  }

  private static int orZero(Integer value) {
    return value == null ? 0 : value;
  }

  /** Whether anything but annotated pictures and videos is written. */
  private boolean writesMore() {
    return saveTxt || saveJson || saveCsv || saveCrop;
  }

  /** Writes one result. */
  void write(Frame frame, Result result) {
    boolean pictures = save || saveFrames && frame.video().isPresent();
    boolean written = pictures || writesMore();
    if (!written && viewer == null) {
      return;
    }
    BufferedImage picture = pictures || viewer != null ? draw(result) : null;
    if (viewer != null) {
      viewer.show(frame.name(), picture, frame.video().isPresent());
    }
    if (!written) {
      return;
    }
    // Not before the first result: a run that fails at once leaves no empty folder.
    if (files == null) {
      files = new RunFiles(RunDirectory.of(values, result.task(), Mode.PREDICT));
    }
    if (frame.item() != item) {
      closeVideo();
      item = frame.item();
      stem = files.claimStem(nameOf(frame));
    }
    VideoFrame at = frame.video().orElse(null);
    if (pictures) {
      encode(picture, at);
    }
    long start = System.nanoTime();
    if (saveTxt) {
      String name = at == null ? stem : stem + "_" + at.number();
      files.writeLabels(name, result.toText(saveConf));
    }
    if (saveJson) {
      files.writeJson(result.toJson(frame.name()));
    }
    if (saveCsv) {
      files.writeCsv(Result.csvHeader(result.task()), result.toCsv(frame.name()));
    }
    if (saveCrop) {
      crop(result);
    }
    profile.add(Profile.Stage.WRITE, System.nanoTime() - start);
  }

  private static String nameOf(Frame frame) {
    if (frame.file().isPresent()) {
      return PathText.nameOf(frame.file().get());
    }
    // A web address: what is behind its last slash, without the question.
    String name = frame.name().replaceFirst("[?#].*", "");
    return name.substring(name.lastIndexOf('/') + 1).replace(' ', '_');
  }

  private BufferedImage draw(Result result) {
    long start = System.nanoTime();
    BufferedImage picture = renderer.render(result.image(), result);
    profile.add(Profile.Stage.DRAW, System.nanoTime() - start);
    return picture;
  }

  private void encode(BufferedImage picture, VideoFrame at) {
    long start = System.nanoTime();
    if (at == null) {
      files.writePicture(stem, picture);
    } else {
      if (saveFrames) {
        files.writeFrame(stem, at.number(), picture);
      }
      if (save) {
        if (video == null) {
          int stride = values.whole(Argument.VID_STRIDE);
          Path to = PathText.resolve(files.folder(), stem + ".mp4");
          video = new VideoFile(to, picture, at, stride);
        }
        video.add(picture, at);
      }
    }
    profile.add(Profile.Stage.ENCODE, System.nanoTime() - start);
  }

  private void crop(Result result) {
    if (result.task() == Task.CLASSIFY || result.task() == Task.OBB) {
      console.accept(
          "save_crop cuts upright boxes out, which '" + result.task().id() + "' has none of.");
      saveCrop = false;
      return;
    }
    for (Box box : result.boxes()) {
      files.writeCrop(box.label(), stem, result.crop(box));
    }
  }

  private void closeVideo() {
    if (video != null) {
      VideoFile done = video;
      video = null;
      done.close();
    }
  }

  /** Whether the user has closed the window. */
  boolean isEnded() {
    return viewer != null && viewer.isEnded();
  }

  /** Completes the files. */
  @Override
  public void close() {
    try {
      if (viewer != null) {
        viewer.close();
      }
      closeVideo();
    } finally {
      if (files != null) {
        files.close();
      }
    }
  }

  /** Says where the results are. */
  void report() {
    if (files == null) {
      return;
    }
    if (saveTxt) {
      console.line(Count.of(files.labels(), "label") + " saved to " + files.labelFolder());
    }
    console.line("Results saved to " + files.folder());
  }
}
