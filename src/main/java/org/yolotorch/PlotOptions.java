// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.Color;
import java.util.List;
import java.util.function.Consumer;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.LogWarnings;

/**
 * What of a result is drawn, and how; names and defaults are those of the command line where it has
 * the option. Immutable and thread-safe. Build one with {@link #builder()}: the constructor grows
 * with every new option.
 *
 * @param conf whether confidences are written; default true
 * @param labels whether class names are written; default true
 * @param boxes whether boxes are drawn with their labels; default true
 * @param masks whether masks are drawn; default true
 * @param kptLine whether the limbs between the points of a person are drawn; default true
 * @param kptRadius radius of key points in pixels, 1 to {@value #MAX_KPT_RADIUS}, or 0, the
 *     default, for one by the size of the picture: 0.5 % of the mean of its sides, at least 1
 * @param lineWidth width of frames in pixels, twice that of limbs, 1 to {@value #MAX_LINE_WIDTH},
 *     or 0, the default, for one by the size of the picture: 0.3 % of the mean of its sides, at
 *     least 2
 * @param font what labels are written in: the path of a TrueType or OpenType file, or the name of
 *     an installed family; null, the default, for Java's sans serif, which also writes what a font
 *     that is given cannot show
 * @param fontSize size of the font in pixels, 1 to {@value #MAX_FONT_SIZE}, or 0, the default, for
 *     one by the width of the lines
 * @param palette colours of the classes or objects, used in turn; empty, the default, for twenty
 *     that are told apart well
 * @param colorMode what decides the colour of an object; default {@link ColorMode#CLASS}
 * @param onWarning takes a sentence when text cannot be drawn, at most one of each kind for one
 *     renderer; default a log record at level WARNING
 */
public record PlotOptions(
    boolean conf,
    boolean labels,
    boolean boxes,
    boolean masks,
    boolean kptLine,
    int kptRadius,
    int lineWidth,
    String font,
    int fontSize,
    List<Color> palette,
    ColorMode colorMode,
    Consumer<String> onWarning) {
  /** The largest {@link #kptRadius()} accepted. */
  public static final int MAX_KPT_RADIUS = 1000;

  /** The largest {@link #lineWidth()} accepted. */
  public static final int MAX_LINE_WIDTH = 1000;

  /** The largest {@link #fontSize()} accepted. */
  public static final int MAX_FONT_SIZE = 1000;

  private static final PlotOptions DEFAULTS =
      new PlotOptions(
          true,
          true,
          true,
          true,
          true,
          0,
          0,
          null,
          0,
          List.of(),
          ColorMode.CLASS,
          new LogWarnings());

  /**
   * Checks every option but the font, which is opened by what draws.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public PlotOptions {
    Checks.range("kpt_radius", kptRadius, 0, MAX_KPT_RADIUS);
    Checks.range("line_width", lineWidth, 0, MAX_LINE_WIDTH);
    Checks.range("font_size", fontSize, 0, MAX_FONT_SIZE);
    if (font != null) {
      Checks.line("font", font);
    }
    palette = Checks.all("palette", palette);
    Checks.given("colorMode", colorMode);
    Checks.given("onWarning", onWarning);
  }

  /** Every option at its default. */
  public static PlotOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with every option at its default. */
  public static Builder builder() {
    return new Builder(DEFAULTS);
  }

  /** A builder with the options of this object. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private boolean conf;
    private boolean labels;
    private boolean boxes;
    private boolean masks;
    private boolean kptLine;
    private int kptRadius;
    private int lineWidth;
    private String font;
    private int fontSize;
    private List<Color> palette;
    private ColorMode colorMode;
    private Consumer<String> onWarning;

    private Builder(PlotOptions from) {
      conf = from.conf;
      labels = from.labels;
      boxes = from.boxes;
      masks = from.masks;
      kptLine = from.kptLine;
      kptRadius = from.kptRadius;
      lineWidth = from.lineWidth;
      font = from.font;
      fontSize = from.fontSize;
      palette = from.palette;
      colorMode = from.colorMode;
      onWarning = from.onWarning;
    }

    /** Sets {@link PlotOptions#conf()}. */
    public Builder conf(boolean value) {
      conf = value;
      return this;
    }

    /** Sets {@link PlotOptions#labels()}. */
    public Builder labels(boolean value) {
      labels = value;
      return this;
    }

    /** Sets {@link PlotOptions#boxes()}. */
    public Builder boxes(boolean value) {
      boxes = value;
      return this;
    }

    /** Sets {@link PlotOptions#masks()}. */
    public Builder masks(boolean value) {
      masks = value;
      return this;
    }

    /** Sets {@link PlotOptions#kptLine()}. */
    public Builder kptLine(boolean value) {
      kptLine = value;
      return this;
    }

    /** Sets {@link PlotOptions#kptRadius()}. */
    public Builder kptRadius(int value) {
      kptRadius = value;
      return this;
    }

    /** Sets {@link PlotOptions#lineWidth()}. */
    public Builder lineWidth(int value) {
      lineWidth = value;
      return this;
    }

    /** Sets {@link PlotOptions#font()}. */
    public Builder font(String value) {
      font = value;
      return this;
    }

    /** Sets {@link PlotOptions#fontSize()}. */
    public Builder fontSize(int value) {
      fontSize = value;
      return this;
    }

    /** Sets {@link PlotOptions#palette()}. */
    public Builder palette(List<Color> value) {
      palette = value;
      return this;
    }

    /** Sets {@link PlotOptions#colorMode()}. */
    public Builder colorMode(ColorMode value) {
      colorMode = value;
      return this;
    }

    /** Sets {@link PlotOptions#onWarning()}. */
    public Builder onWarning(Consumer<String> value) {
      onWarning = value;
      return this;
    }

    /**
     * Accepted and ignored, for calls that are carried over from other programs: there it chooses
     * the library that draws, and here Java alone does.
     */
    public Builder pil(boolean value) {
      return this;
    }

    /**
     * The options collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range
     */
    public PlotOptions build() {
      return new PlotOptions(
          conf, labels, boxes, masks, kptLine, kptRadius, lineWidth, font, fontSize, palette,
          colorMode, onWarning);
    }
  }
}
