// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.ImageSize;
import org.yolotorch.internal.Spelling;

class CommandLineTest {
  private static Values parse(String line) {
    return CommandLine.parse(line.split(" ")).values();
  }

  @Test
  void orderIsFree() {
    for (String line :
        new String[] {
          "detect predict source=a conf=0.5", "source=a conf=0.5 predict detect",
          "predict conf=0.5 detect source=a", "mode=predict task=detect source=a conf=0.5"
        }) {
      CommandLine parsed = CommandLine.parse(line.split(" "));
      assertEquals(Mode.PREDICT, parsed.mode());
      assertEquals("detect", parsed.values().text(Argument.TASK));
      assertEquals("a", parsed.values().text(Argument.SOURCE));
      assertEquals(0.5, parsed.values().number(Argument.CONF));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "predict max_det=7",
        "predict --max_det=7",
        "predict --max_det 7",
        "predict max_det = 7",
        "predict max_det= 7",
        "predict max_det =7",
        "predict max_det=7,",
        "predict max_det=1 max_det=7"
      })
  void everySpellingOfAValue(String line) {
    assertEquals(7, parse(line).whole(Argument.MAX_DET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "predict save_txt",
        "predict --save_txt",
        "predict save_txt=True",
        "predict save_txt=true",
        "predict --save_txt true",
        "predict --save_txt source=a"
      })
  void everySpellingOfAFlag(String line) {
    assertTrue(parse(line).flag(Argument.SAVE_TXT));
    assertTrue(parse(line).flag(Argument.SAVE));
    assertFalse(parse("predict save=False").flag(Argument.SAVE));
    assertFalse(parse("predict --save false").flag(Argument.SAVE));
  }

  @Test
  void sizesAndLists() {
    assertNull(parse("predict").size(Argument.IMGSZ));
    assertEquals(ImageSize.square(320), parse("predict imgsz=320").size(Argument.IMGSZ));
    ImageSize wide = new ImageSize(480, 640);
    assertEquals(wide, parse("predict imgsz=480,640").size(Argument.IMGSZ));
    assertEquals(wide, parse("predict imgsz=[480,640]").size(Argument.IMGSZ));
    assertEquals(wide, parse("predict imgsz=[480, 640]").size(Argument.IMGSZ));
    assertEquals(wide, parse("predict imgsz = [ 480 , 640 ]").size(Argument.IMGSZ));
    assertArrayEquals(new int[0], parse("predict").wholes(Argument.CLASSES));
    assertArrayEquals(new int[] {3}, parse("predict classes=3").wholes(Argument.CLASSES));
    assertArrayEquals(new int[] {0, 2}, parse("predict classes=[0,2]").wholes(Argument.CLASSES));
    assertArrayEquals(new int[] {0, 2}, parse("predict classes=0,2").wholes(Argument.CLASSES));
  }

  @Test
  void noneIsTheDefault() {
    assertEquals(0.25, parse("predict conf=None").number(Argument.CONF));
    assertNull(parse("predict imgsz=none").size(Argument.IMGSZ));
    assertEquals("yolo11n.pt", parse("export").model());
    assertEquals("yolo11n-seg.pt", parse("segment predict").model());
    assertEquals("yolo11n-cls.pt", parse("predict task=classify").model());
    assertEquals("a.pt", parse("obb predict model=a.pt").model());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "predict cnf=0.5 | the nearest is 'conf'",
        "predict modle=a.pt | the nearest is 'model'",
        "predict --save_text | the nearest is 'save_txt'",
        "predicct source=a | the nearest is 'predict'",
        "predict imgsize=9 | the nearest is 'imgsz'",
        "predict elephant=3 | 'elephant' came; 'yolo predict --help' lists them all",
        "elephant source=a | 'elephant' came; 'yolo help' lists them all",
        "predict q=1 | 'q' came; 'yolo predict --help' lists them all",
        "predict conf | needs a value",
        "predict --conf | needs a value",
        "predict imgsz=abc | imgsz must be a whole number or height,width, but was 'abc'",
        "predict imgsz=1,2,3 | imgsz must be",
        "predict imgsz= | imgsz must be",
        "predict conf=much | conf must be a number",
        "predict max_det=1.5 | max_det must be a whole number",
        "predict save=maybe | save must be True or False",
        "predict classes=a | classes must be whole numbers",
        "predict task=sing | A task must be one of",
        "mode=dance | mode must be predict, export, info, val or benchmark",
        "predict export | both 'predict' and 'export' came",
        "source=a | A mode was expected",
        "export save_txt | 'save_txt' is no argument of export",
        "predict int8 | 'int8' is no argument of predict",
        "export dinamic | the nearest is 'dynamic'",
        "export opset=new | opset must be a whole number",
        "info conf=0.5 | 'conf' is no argument of info",
        "export json | 'json' is no argument of export",
        "info trusted=perhaps | trusted must be True or False",
        "predict format=torchscript | 'format' is no argument of predict",
        "train | not in this version yet",
        "track source=a | not in this version yet",
        "val cnf=0.5 | An argument of val was expected, but 'cnf' came; the nearest is 'conf'",
        "val source=a | 'source' is no argument of val",
        "benchmark conf=0.5 | 'conf' is no argument of benchmark"
      })
  void mistakesAreExplained(String line, String part) {
    UsageException error =
        assertThrows(UsageException.class, () -> CommandLine.parse(line.split(" ")));
    assertTrue(error.getMessage().contains(part), error.getMessage());
    assertTrue(error.getMessage().endsWith("."), error.getMessage());
  }

  @Test
  void editDistance() {
    assertEquals(0, Spelling.distance("conf", "conf"));
    assertEquals(1, Spelling.distance("cnf", "conf"));
    assertEquals(4, Spelling.distance("", "conf"));
    assertEquals(1, Spelling.distance("ocnf", "conf"));
  }
}
