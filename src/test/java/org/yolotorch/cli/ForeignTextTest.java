// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.internal.PlainText;
import org.yolotorch.support.ArchiveRewriter;
import org.yolotorch.support.Assets;

/** No text of a file, a name or a library moves the cursor, forges a line or turns the writing. */
@EnabledOnOs(OS.LINUX)
class ForeignTextTest extends CommandLineRun {
  private static final List<String> EVIL =
      List.of(
          "\u001b[2J\u001b]0;owned\u0007",
          "\u009B2J",
          "x\nResults saved to /etc",
          "x\r\nimage 1/1 forged",
          "\u202Egpj.\u202C",
          "\u2066x\u2069",
          "a\u2028b\u0085c",
          "\b\b\b\b");

  @TempDir Path folder;

  /** The lines of both outputs, which must hold nothing that steers. */
  private long lines() {
    String all = out + err;
    assertTrue(all.codePoints().noneMatch(c -> c != '\n' && PlainText.steers(c)), all);
    return all.lines().count();
  }

  @Test
  void theConsoleCleansWhatItPrints() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            new PrintStream(bytes, true, StandardCharsets.UTF_8));
    int expected = 0;
    for (String evil : EVIL) {
      console.line(evil);
      console.accept(evil);
      console.fail(new IllegalStateException(evil), evil);
      expected += 3;
    }
    out = bytes.toString(StandardCharsets.UTF_8);
    err = "";
    assertEquals(expected, lines());
    console.fail(new IllegalStateException(), "a" + "b".repeat(1 << 20) + "; do c.");
    assertTrue(bytes.size() < 6000, "bytes " + bytes.size());
  }

  @Test
  void namesOfPicturesArePrintedPlainly() throws IOException {
    String model = "model=" + Assets.get("exported/yolo11n.torchscript");
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    long usual = -1;
    for (String evil : EVIL) {
      Path picture = pictures.resolve(evil.replace('/', '_') + ".jpg");
      Files.copy(Assets.picture("bus.jpg"), picture);
      Path damaged =
          Files.writeString(pictures.resolve("z" + evil.replace('/', '_') + ".jpg"), "x");
      assertEquals(
          Main.FAILED,
          run(
              "predict",
              model,
              "source=" + pictures,
              "project=" + folder.resolve("runs"),
              "save=False",
              "save_csv",
              "save_json"));
      usual = usual < 0 ? lines() : usual;
      assertEquals(usual, lines(), out + err);
      Files.delete(picture);
      Files.delete(damaged);
    }
    assertEquals(Main.FAILED, run("predict", model, "source=" + EVIL.get(0)));
    assertEquals(1, err.lines().count(), err);
    lines();
  }

  @Test
  void anArchivesOwnWordsArePrintedPlainly() throws IOException {
    Path archive = Assets.get("exported/yolo11n.torchscript");
    ObjectMapper json = new ObjectMapper();
    for (String evil : List.of(EVIL.get(0), String.join("", EVIL))) {
      Path file = folder.resolve("evil.torchscript");
      ArchiveRewriter.of(archive)
          .config(
              config -> {
                ObjectNode names = (ObjectNode) config.get("names");
                names.fieldNames().forEachRemaining(id -> names.put(id, evil + id));
                config.put("description", evil);
                config.put("license", evil);
              })
          .write(file);
      assertEquals(
          Main.OK,
          run(
              "predict",
              "model=" + file,
              "source=" + Assets.picture("bus.jpg"),
              "project=" + folder.resolve("runs"),
              "exist_ok",
              "save_txt",
              "save_csv",
              "save_crop"),
          err);
      lines();
      String csv = Files.readString(folder.resolve("runs/predict/predictions.csv"));
      assertTrue(csv.codePoints().noneMatch(c -> c != '\n' && PlainText.steers(c)), csv);
      assertEquals(6, csv.lines().count(), csv);
      run("info", "model=" + file);
      lines();
      run("info", "model=" + file, "--json");
      lines();
      String description = json.readTree(out).at("/model/description").asText();
      assertTrue(description.contains("owned"), description);
      assertTrue(description.codePoints().noneMatch(PlainText::steers), description);
      ArchiveRewriter.of(archive).config(config -> config.put("task", "det" + evil)).write(file);
      run("predict", "model=" + file, "source=" + Assets.picture("bus.jpg"));
      lines();
      run("info", "model=" + file);
      lines();
    }
  }

  @Test
  void valuesOfDataSetsArePrintedPlainly() throws IOException {
    String model = "model=" + Assets.get("exported/yolo11n.torchscript");
    for (String evil : List.of(EVIL.get(0), EVIL.get(2), String.join("", EVIL))) {
      String quoted = new ObjectMapper().writeValueAsString(evil);
      for (String text :
          List.of(
              "val: " + quoted + "\nnames: [a]\n",
              "val: images\nnc: " + quoted + "\nnames: [a]\n",
              "val: images\nnames: {" + quoted + ": a}\n",
              "path: " + quoted + "\nval: x\nnames: [a]\n")) {
        Path data = Files.writeString(folder.resolve("data.yaml"), text);
        assertEquals(Main.FAILED, run("val", model, "data=" + data));
        lines();
        assertEquals(1, err.lines().count(), err);
      }
    }
  }
}
