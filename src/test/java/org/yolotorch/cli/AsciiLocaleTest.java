// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.PlainText;
import org.yolotorch.internal.data.Dataset;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Results;

/** Names beyond ASCII where the locale is C, as in containers and services. */
@EnabledOnOs(OS.LINUX)
class AsciiLocaleTest {
  private static final String PHOTO = "\u0444\u043E\u0442\u043E";

  @TempDir Path folder;
  private int exit;

  /** What a class prints in the locale C. */
  private String run(Class<?> main, Object... args) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(List.of(), main, args));
    builder.environment().putAll(Map.of("LC_ALL", "C", "OMP_WAIT_POLICY", "passive"));
    builder.directory(folder.toFile());
    builder.command().set(builder.command().indexOf("-cp") + 1, absoluteClassPath());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    exit = process.waitFor();
    return said;
  }

  private static String absoluteClassPath() {
    StringBuilder text = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      text.append(text.isEmpty() ? "" : ":").append(Path.of(entry).toAbsolutePath());
    }
    return text.toString();
  }

  private Path inside(String name) {
    return PathText.resolve(folder, name);
  }

  @Test
  void picturesOfAFolderArePredictedUnderTheirNames() throws Exception {
    Path pictures = Files.createDirectory(inside(PHOTO));
    Files.copy(Assets.picture("bus.jpg"), PathText.resolve(pictures, PHOTO + " 1+2%.jpg"));
    Files.copy(Assets.picture("zidane.jpg"), pictures.resolve("a.jpg"));
    Path list = Files.writeString(inside("list.txt"), PHOTO + "/" + PHOTO + " 1+2%.jpg\n");
    Path settings = Files.writeString(inside("cfg.yaml"), "project: " + PHOTO + "-runs\n");
    String model = Assets.get("weights/yolo11n.pt").toString();
    String said =
        run(
            Main.class,
            "predict",
            "model=" + model,
            "source=" + list,
            "cfg=" + settings,
            "save=False");
    // cfg comes first, so that what was given before it is forgotten.
    assertTrue(said.startsWith("No model was given"), said);
    said =
        run(
            Main.class,
            "predict",
            "cfg=" + settings,
            "model=" + model,
            "source=" + folder + "/*/*.jpg",
            "save_txt",
            "save_crop",
            "save_json");
    assertEquals(0, exit, said);
    String name = PHOTO + "/" + PHOTO + " 1+2%.jpg: 640x480 4 persons, 1 bus";
    assertTrue(said.contains(name) && said.contains("a.jpg: 384x640 2 persons"), said);
    Path run = PathText.resolve(folder, PHOTO + "-runs/predict");
    assertTrue(Files.isRegularFile(PathText.resolve(run, PHOTO + " 1+2%.jpg")), said);
    assertTrue(Files.isRegularFile(PathText.resolve(run, "labels/" + PHOTO + " 1+2%.txt")), said);
    assertTrue(Files.isRegularFile(PathText.resolve(run, "crops/bus/" + PHOTO + " 1+2%.jpg")));
    assertTrue(Files.readString(run.resolve("predictions.json")).contains(name.substring(0, 9)));
    said = run(Main.class, "predict", "model=" + model, "source=" + list, "save=False");
    assertEquals(0, exit, said);
    assertTrue(said.contains(name), said);
  }

  /**
   * Names that are text in no locale, and in none but others: one in the middle of a folder does
   * not keep the others from being predicted.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"f%F6o", "%FF", "%C3", "%EF%BF%BD", "a%80%81", "%F0%9F%90%B1", "%1B%5B2J"})
  void noNameStopsAFolder(String name) throws Exception {
    Path pictures = Files.createDirectory(folder.resolve("p"));
    Path odd = Path.of(URI.create("file://" + pictures + "/m" + name + ".jpg"));
    for (Path file : List.of(pictures.resolve("a.jpg"), odd, pictures.resolve("z.jpg"))) {
      Files.copy(Assets.picture("bus.jpg"), file);
    }
    Files.copy(odd, Path.of(URI.create("file://" + pictures + "/m" + name + "2.jpg")));
    for (String source : List.of(pictures.toString(), pictures + "/*.jpg")) {
      String said =
          run(
              Main.class,
              "predict",
              "model=" + Assets.get("exported/yolo11n.torchscript"),
              "source=" + source,
              "project=" + folder.resolve("runs"),
              "save_txt",
              "save_csv",
              "save_json",
              "save_crop");
      assertEquals(0, exit, said);
      assertEquals(4, said.split("4 persons, 1 bus", -1).length - 1, said);
      assertTrue(said.codePoints().noneMatch(c -> c != '\n' && PlainText.steers(c)), said);
    }
    try (Stream<Path> labels = Files.list(folder.resolve("runs/predict/labels"))) {
      assertEquals(4, labels.count());
    }
  }

  /** The labels of such a picture are those of the same bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"f%F6o", "%FF", "%EF%BF%BD", "%F0%9F%90%B1"})
  void labelsOfNamesThatAreNoText(String name) throws Exception {
    for (String part : new String[] {"images/a.jpg", "labels/a.txt"}) {
      Path made = Path.of(URI.create("file://" + folder + "/" + part.replace("a.", name + ".")));
      Files.createDirectories(made.getParent());
      Files.write(made, new byte[0]);
    }
    String said = run(LabelOf.class, folder);
    assertEquals("1\n", said);
  }

  /** Counts the pictures whose label files are there. */
  static final class LabelOf {
    private LabelOf() {}

    public static void main(String[] args) throws IOException {
      int count = 0;
      for (Path picture : Dataset.pictures(Path.of(args[0]))) {
        count += Files.exists(Dataset.labelFile(picture)) ? 1 : 0;
      }
      System.out.println(count);
    }
  }

  @Test
  void cropsGoToTheFolderOfTheirClass() throws Exception {
    assertEquals("", run(Crop.class, folder, "\\u043A\\u043E\\u0442"));
    assertTrue(Files.isRegularFile(inside("crops/\u043A\u043E\u0442/a.jpg")));
    assertTrue(Files.isRegularFile(inside("crops/\u043A\u043E\u0442/a2.jpg")));
  }

  /** Java gets its arguments converted by the locale, so that their names are lost. */
  @Test
  void anArgumentThatTheLocaleCannotExpressIsTold() throws Exception {
    String name = PHOTO + ".jpg";
    for (String arguments :
        List.of(
            "predict source=" + name,
            "predict source=a.jpg project=" + name,
            "predict source=a.jpg name=" + name,
            "export model=" + name,
            "predict cfg=" + name,
            "val model=yolo11n.yaml data=" + name,
            "export output=" + name,
            "info model=" + name)) {
      String said = run(Main.class, (Object[]) arguments.split(" "));
      assertTrue(exit == Main.FAILED || exit == Main.WRONG_USAGE, arguments + ": " + said);
      assertEquals(1, said.lines().count(), arguments + ": " + said);
      assertTrue(said.endsWith("start Java with LC_ALL=C.UTF-8.\n"), arguments + ": " + said);
      assertFalse(said.contains("defect"), arguments + ": " + said);
    }
  }

  /** Writes two crops of one class. */
  static final class Crop {
    private Crop() {}

    public static void main(String[] args) throws IOException {
      StringBuilder label = new StringBuilder();
      for (String code : args[1].substring(2).split("\\\\u")) {
        label.append((char) Integer.parseInt(code, 16));
      }
      try (RunFiles files = new RunFiles(Path.of(args[0]))) {
        for (int i = 0; i < 2; i++) {
          files.writeCrop(label.toString(), "a", Results.image(0).toBufferedImage());
        }
      }
    }
  }
}
