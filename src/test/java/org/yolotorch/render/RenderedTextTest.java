// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.PlotOptions;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Task;
import org.yolotorch.Xyxy;
import org.yolotorch.YoloException;
import org.yolotorch.support.BlockFont;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Results;

/**
 * The text of labels, read back from pixels: each letter is a block, 8 pixels high for Latin ones,
 * 6 for Hebrew, 5 for Arabic, 3 for digits and 2 for the point. No font of the machine is read.
 */
class RenderedTextTest {
  private static final int SIZE = 10;
  private static final Map<Integer, Character> KINDS =
      Map.of(8, 'L', 6, 'H', 5, 'A', 3, '9', 2, '.');

  /** Where the label's foot is, and its left end. */
  private static final int TOP = 40;

  private static final int LEFT = 20;

  @TempDir Path folder;
  private Path font;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void writeFont() throws IOException {
    font = BlockFont.write(folder.resolve("blocks.ttf"), letters());
  }

  private static SortedMap<Integer, Integer> letters() {
    SortedMap<Integer, Integer> heights = new TreeMap<>();
    heights.put((int) ' ', 0);
    put(heights, 'a', 'z', 800);
    put(heights, 0x5D0, 0x5EA, 600);
    put(heights, 0x627, 0x64A, 500);
    // What shaping makes of Arabic letters.
    put(heights, 0xFE70, 0xFEFC, 500);
    put(heights, '0', '9', 300);
    heights.put((int) '.', 200);
    return heights;
  }

  private static void put(SortedMap<Integer, Integer> heights, int first, int last, int height) {
    for (int letter = first; letter <= last; letter++) {
      heights.put(letter, height);
    }
  }

  private PlotOptions.Builder options() {
    return PlotOptions.builder()
        .font(font.toString())
        .fontSize(SIZE)
        .lineWidth(2)
        .palette(List.of(Color.BLACK))
        .onWarning(warnings::add);
  }

  private static Result labelled(String name, float conf, int width, int height) {
    Image image = Image.of(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR));
    Xyxy corners = new Xyxy(LEFT, TOP, width - 1, height - 1);
    Box box = new Box(0, name, conf, corners, width, height);
    return Result.of(
        Task.DETECT,
        image,
        ImageSize.square(32),
        Map.of(0, name),
        new Speed(0, 0, 0),
        org.yolotorch.Detections.ofBoxes(List.of(box)));
  }

  /** The letters' kinds from left to right, of white blocks on black above row {@link #TOP}. */
  private static String read(BufferedImage picture) {
    StringBuilder text = new StringBuilder();
    int last = 0;
    for (int x = 0; x < picture.getWidth(); x++) {
      int height = 0;
      for (int y = 0; y < TOP; y++) {
        height += (picture.getRGB(x, y) & 0xFF) > 127 ? 1 : 0;
      }
      if (height != last && height > 0) {
        assertTrue(KINDS.containsKey(height), "a column of " + height + " at " + x);
        text.append(KINDS.get(height));
      }
      last = height;
    }
    return text.toString();
  }

  private String drawn(String name) {
    return read(labelled(name, 0.87f, 400, 100).plot(options().build()));
  }

  @ParameterizedTest
  @CsvSource({
    "cat, LLL9.99",
    // Hebrew and Arabic are read from right to left: the number is at the left, as it is the end.
    "\u05D7\u05EA\u05D5\u05DC, 9.99HHHH",
    "\u0642\u0637, 9.99AA",
    // The name is one thing, whatever it is made of; the number never comes into its middle.
    "cat \u05D7\u05EA, LLLHH9.99",
    "\u05D7\u05EA cat, 9.99LLLHH",
    "\u0642\u0637 5, 9.999AA",
    "cat \u0642\u0637 5, LLL9AA9.99"
  })
  void confidenceIsAtTheEndAsTheNameIsRead(String name, String letters) {
    assertEquals(letters, drawn(name));
    assertEquals(List.of(), warnings);
  }

  @Test
  void signsThatTurnTextAreLeftOut() {
    assertEquals("LLL9.99", drawn("\u202Ecat\u202C"));
    assertEquals("LLLL9.99", drawn("ca\nat"));
    assertEquals("9.99HH", drawn("\u200F\u05D7\u05EA\u200E"));
  }

  @Test
  void nameAndConfidenceCanBeLeftOut() {
    Result result = labelled("cat", 0.87f, 400, 100);
    assertEquals("LLL", read(result.plot(options().conf(false).build())));
    assertEquals("9.99", read(result.plot(options().labels(false).build())));
    assertEquals("", read(result.plot(options().labels(false).conf(false).build())));
    assertEquals("", read(result.plot(options().boxes(false).build())));
    assertEquals("LLL9.99", read(result.plot(options().pil(true).build())));
  }

  @Test
  void lettersAreDrawnInTheFontAndTheColourThatIsReadOnItsGround() {
    BufferedImage picture =
        labelled("cat", 0.87f, 400, 100)
            .plot(options().palette(List.of(new Color(255, 240, 0))).build());
    // A margin of one pixel, then a letter of ten, whose block is in its middle.
    assertEquals(new Color(17, 31, 104).getRGB(), picture.getRGB(LEFT + 1 + 5, TOP - 6));
    assertEquals(new Color(255, 240, 0).getRGB(), picture.getRGB(LEFT, TOP - 6));
    assertEquals(new Color(255, 240, 0).getRGB(), picture.getRGB(LEFT + 1 + 80, TOP - 6));
    assertEquals(Color.BLACK.getRGB(), picture.getRGB(LEFT + 1 + 82, TOP - 6));
  }

  @Test
  void aNameThatDoesNotFitIsCutBeforeTheConfidence() {
    BufferedImage picture = labelled("a".repeat(50), 0.87f, 200, 100).plot(options().build());
    assertEquals("L".repeat(11) + "...9.99", read(picture));
    assertEquals("9.99", read(labelled("cat", 0.87f, 44, 100).plot(options().build())));
  }

  @Test
  void whatTheFontLacksIsToldOnce() {
    Renderer renderer = Renderer.of(options().build());
    for (String name : List.of("\uE123", "\uE124", "a\uE123b")) {
      Result result = labelled(name, 0.87f, 400, 100);
      renderer.render(result.image(), result);
    }
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("(U+E123) of '\uE123'"), warnings.get(0));
    assertTrue(warnings.get(0).contains("font=NotoSansCJK-Regular.ttc"), warnings.get(0));
    // Another renderer is another run.
    Result result = labelled("\uE123", 0.87f, 400, 100);
    result.plot(options().build());
    assertEquals(2, warnings.size());
  }

  @Test
  void blanksAndMarksOfSequencesAreNoLackOfTheFont() {
    drawn("a\u200Db \uFE0F\tc");
    assertEquals(List.of(), warnings);
  }

  @Test
  void aWrongFontIsRefusedAtOnce() throws IOException {
    Path text = Files.writeString(folder.resolve("text.ttf"), "no font");
    for (String name : List.of("Arial9.ttf", folder.toString(), "No Such Family", "a\0b")) {
      PlotOptions.Builder wrong = PlotOptions.builder();
      if (name.indexOf('\0') >= 0) {
        assertThrows(YoloException.InvalidArgument.class, wrong.font(name)::build);
      } else {
        PlotOptions options = wrong.font(name).build();
        YoloException e = assertThrows(YoloException.NotFound.class, () -> Renderer.of(options));
        assertTrue(e.getMessage().startsWith("font must name"), e.getMessage());
      }
    }
    YoloException e =
        assertThrows(
            YoloException.InvalidArgument.class,
            () -> Renderer.defaults().withFont(text.toString()));
    assertTrue(e.getMessage().contains("cannot be read as one"), e.getMessage());
  }

  @Test
  void anInstalledFamilyIsTakenByItsName() {
    Renderer renderer = Renderer.defaults().withFont("sansserif").withFontSize(20);
    Result result = labelled("cat", 0.87f, 400, 100);
    assertFalse(
        java.util.Arrays.equals(
            pixels(renderer.render(result.image(), result)),
            pixels(renderer.withLabels(false).render(result.image(), result))));
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }

  /** A Java that finds no font at all, and one that finds none but that of the option. */
  @Test
  void aMachineWithoutFontsIsToldOnceAndDrawsTheRest() throws Exception {
    Path none = Files.writeString(folder.resolve("none.conf"), "<fontconfig></fontconfig>");
    Path own =
        Files.writeString(
            folder.resolve("fonts.properties"), "version=1\nsequence.allfonts=default\n");
    List<String> home = List.of("-Duser.home=" + folder);
    String said = ChildJvm.outputs(without(none, ChildJvm.command(home, Fontless.class))).out();
    assertEquals(
        "true 1 Labels need a font, but this Java found none and leaves them out; install"
            + " fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core.",
        said);
    List<String> options = List.of("-Duser.home=" + folder, "-Dsun.awt.fontconfig=" + own);
    assertEquals(
        "LLL9.99",
        ChildJvm.outputs(without(none, ChildJvm.command(options, Blocks.class, font))).out());
  }

  private static List<String> without(Path fonts, List<String> command) {
    List<String> all = new ArrayList<>(List.of("env", "FONTCONFIG_FILE=" + fonts));
    all.addAll(command);
    return all;
  }

  /** Draws twice; prints whether the box is there, and the warnings. */
  static final class Fontless {
    private Fontless() {}

    public static void main(String[] args) {
      List<String> warnings = new ArrayList<>();
      Renderer renderer = Renderer.of(PlotOptions.builder().onWarning(warnings::add).build());
      Result result = Results.detect(Results.box(6, 0.9f, 50, 40, 150, 90));
      renderer.render(result.image(), result);
      BufferedImage picture = renderer.render(result.image(), result);
      boolean drawn = picture.getRGB(50, 60) == Renderer.color(6).getRGB();
      System.out.println(drawn + " " + warnings.size() + " " + warnings.get(0));
    }
  }

  /** Prints the text drawn in a font. */
  static final class Blocks {
    private Blocks() {}

    public static void main(String[] args) {
      PlotOptions options =
          PlotOptions.builder()
              .font(args[0])
              .fontSize(SIZE)
              .palette(List.of(Color.BLACK))
              .lineWidth(2)
              .build();
      System.out.println(read(labelled("cat", 0.87f, 400, 100).plot(options)));
    }
  }
}
