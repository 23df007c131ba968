// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.render;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PathText;

/**
 * The font that labels are written in, and Java's own for what it lacks. Warns once that there is
 * none, and once of text that none can show. Thread-safe.
 */
public final class LabelFonts {
  /** Set by tests: behaves as if this machine had no font. */
  public static volatile boolean missing;

  private final Font chosen;
  private final Consumer<String> onWarning;
  private final AtomicBoolean toldMissing = new AtomicBoolean();
  private final AtomicBoolean toldUnshown = new AtomicBoolean();

  /**
   * Opens a font.
   *
   * @param name path of a file or name of an installed family, or null for Java's sans serif
   * @throws YoloException.NotFound if it is neither
   * @throws YoloException.InvalidArgument if the file holds no font
   */
  LabelFonts(String name, Consumer<String> onWarning) {
    this.onWarning = onWarning;
    this.chosen = name == null || missing ? null : open(name);
  }

  /** Letters of this size for a picture, or null if this machine has no font. */
  Lettering at(Graphics2D graphics, int size) {
    if (!missing) {
      try {
        return new Lettering(graphics, this, size);
      } catch (RuntimeException | Error e) {
        noteMissing(e);
      }
    }
    if (!toldMissing.getAndSet(true)) {
      onWarning.accept(
          "Labels need a font, but this Java found none and leaves them out; install fontconfig and"
              + " a font, such as the packages fontconfig and fonts-dejavu-core.");
    }
    return null;
  }

  /** The font that was chosen, and Java's own if it has one; or that alone. */
  Font[] fonts(Graphics2D graphics, int size) {
    Font own = new Font(Font.SANS_SERIF, Font.PLAIN, size);
    if (chosen == null) {
      return new Font[] {own};
    }
    Font first = chosen.deriveFont((float) size);
    try {
      graphics.getFontMetrics(own).stringWidth("0");
      return new Font[] {first, own};
    } catch (RuntimeException | Error e) {
      check(e);
      return new Font[] {first};
    }
  }

  private static void noteMissing(Throwable failure) {
    check(failure);
    missing = true;
  }

  /** Passes on what does not come from a Java without fontconfig, whose failures vary. */
  private static void check(Throwable failure) {
    boolean ofFonts =
        failure instanceof RuntimeException
            || failure instanceof LinkageError
            || failure instanceof InternalError
            || failure.getClass() == Error.class;
    if (!ofFonts) {
      throw (Error) failure;
    }
  }

  /** Tells, the first time, that a letter of a text will be drawn as a sign for a missing one. */
  void tellUnshown(String text, int letter) {
    if (!toldUnshown.getAndSet(true)) {
      onWarning.accept(
          "Labels are written with the letters of a font, but "
              + (chosen == null
                  ? "no font here"
                  : "neither '" + chosen.getFontName() + "' nor another font here")
              + " has the '"
              + Character.toString(letter)
              + "' (U+"
              + String.format("%04X", letter)
              + ") of '"
              + text
              + "'; name a font that has it, such as font=NotoSansCJK-Regular.ttc.");
    }
  }

  private static Font open(String name) {
    Path file = file(name);
    try {
      if (file != null) {
        return Font.createFonts(file.toFile())[0];
      }
      if (!name.toLowerCase(Locale.ROOT).matches(".*\\.(ttf|otf|ttc|otc)")) {
        for (String family :
            GraphicsEnvironment.getLocalGraphicsEnvironment()
                .getAvailableFontFamilyNames(Locale.ROOT)) {
          if (family.equalsIgnoreCase(name)) {
            return new Font(family, Font.PLAIN, 1);
          }
        }
      }
    } catch (FontFormatException | IOException e) {
      throw new YoloException.InvalidArgument(
          "font must name a TrueType or OpenType file, but '"
              + name
              + "' cannot be read as one ('"
              + e.getMessage()
              + "'); name another.",
          e);
    } catch (RuntimeException | Error e) {
      // at() will say so when the first label is drawn.
      noteMissing(e);
      return null;
    }
    throw new YoloException.NotFound(
        "font must name a TrueType or OpenType file or an installed family, but '"
            + name
            + "' is neither; check the path, or leave font out.");
  }

  private static Path file(String name) {
    try {
      Path file = PathText.of(name);
      return Files.isRegularFile(file) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
