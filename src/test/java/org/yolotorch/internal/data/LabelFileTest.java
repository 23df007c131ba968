// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.Task;

class LabelFileTest extends DataCase {
  @Test
  void aHundredthOutsideIsMovedToTheEdge() throws IOException {
    write("set/labels/val/a.txt", "0 1.01 -0.01 0.2 1.0001");
    Dataset set = open();
    assertEquals(3, set.items().size());
    assertBox(new LabelBox(0.9, -0.5, 1.1, 0.5), set.items().get(0).labels().get(0).box());
    write("set/labels/val/a.txt", "0 0.5 0.5 0.2 0.4 1.005 0.5 2 -0.005 1.005 2");
    values = 3;
    Label pose = open(Task.POSE).items().get(0).labels().get(0);
    assertArrayEquals(new double[] {1, 0.5, 2, 0, 1, 2}, pose.points());
    write("set/labels/val/a.txt", "0 0.5 0.5 0.2 0.4 1.005 0.5 -0.005 0.5");
    values = 2;
    pose = open(Task.POSE).items().get(0).labels().get(0);
    assertArrayEquals(new double[] {1, 0.5, 1, 0, 0.5, 0}, pose.points());
    assertEquals(List.of(), warnings);
  }

  /** Ultralytics compares centre and size of an outline's box. */
  @Test
  void outlinesMayLeaveThePicture() throws IOException {
    write("set/labels/val/a.txt", "0 0.6 0.2 1.2 0.2 1.2 0.8 0.6 0.8");
    assertBox(
        new LabelBox(0.6, 0.2, 1.2, 0.8), open(Task.OBB).items().get(0).labels().get(0).box());
    assertEquals(1.2, open(Task.SEGMENT).items().get(0).labels().get(0).points()[2]);
    assertEquals(List.of(), warnings);
    write("set/labels/val/a.txt", "0 12 100 320 100 320 500");
    write("set/labels/val/b.txt", "0 0.1 0.1 0.3 0.1 0.2 0.2");
    assertEquals(1, open(Task.SEGMENT).corrupt().size());
    assertTrue(warnings.get(0).contains("normalised to 0 to 1, but 12 came"), warnings.get(0));
  }

  /** One line of more than six numbers makes all lines of the file outlines. */
  @Test
  void aFileHoldsBoxesOrOutlines() throws IOException {
    write("set/labels/val/a.txt", "0 0.1 0.2 0.5 0.4 0.3 0.9\n1 0.1 0.2 0.7 0.4\n");
    Dataset set = open();
    assertBox(new LabelBox(0.1, 0.2, 0.5, 0.9), set.items().get(0).labels().get(0).box());
    assertBox(new LabelBox(0.1, 0.2, 0.7, 0.4), set.items().get(0).labels().get(1).box());
    assertEquals(0, set.items().get(0).labels().get(0).points().length);
    write("set/labels/val/a.txt", "0 0.1 0.2 0.5 0.4 0.3 0.9\n1 0.1 0.2 0.7 0.4 0.5\n");
    write("set/labels/val/b.txt", "0 0.1 0.1 0.3 0.1");
    assertEquals(1, open().corrupt().size());
    assertTrue(warnings.get(0).contains("as other lines of the file do, but 6 numbers"));
  }

  /** As editors and other systems write them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF0 0.5 0.5 0.2 0.4\r\n\r\n1 0.1 0.1 0.1 0.1\r\n",
        "0\t0.5\t0.5\t0.2\t0.4\r1 \t0.1  0.1 0.1 0.1",
        "  0.0 5e-1 .5 +2.0E-01 0.4  \n1 1.e-1 0.1 0.1 0.1",
        "0 0.5\u00A00.5 0.2 0.4\n\n   \n1 0.1 0.1 0.1 0.1\n\n",
      })
  void linesOfOtherEditors(String text) throws IOException {
    write("set/labels/val/a.txt", text);
    Dataset set = open();
    assertEquals(2, set.items().get(0).labels().size(), warnings.toString());
    assertBox(new LabelBox(0.4, 0.3, 0.6, 0.7), set.items().get(0).labels().get(0).box());
    assertEquals(1, set.items().get(0).labels().get(1).classId());
    assertEquals(List.of(), warnings);
    Files.write(folder.resolve("set/labels/val/a.txt"), text.getBytes(StandardCharsets.UTF_16));
    assertEquals(2, open().items().get(0).labels().size(), warnings.toString());
  }

  @Test
  void duplicatesAreDropped() throws IOException {
    // The second differs by less than single precision tells.
    write(
        "set/labels/val/a.txt",
        "0 0.5 0.5 0.2 0.4\n0 0.500000001 0.5 0.2 0.4\n1 0.5 0.5 0.2 0.4\n");
    assertEquals(2, open().items().get(0).labels().size());
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("repeats 1 label;"), warnings.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0.5 0.5 0.2 1.011 | normalised to 0 to 1, but 1.011 came",
        "0 0.5 0.5 0.2 1.4 | normalised to 0 to 1, but 1.4 came",
        "0 0.5 -0.5 0.2 0.4 | normalised to 0 to 1, but -0.5 came",
        "2 0.5 0.5 0.2 0.4 | a class id from 0 to 1 comes first, but 2 came",
        "-1 0.5 0.5 0.2 0.4 | a class id from 0 to 1",
        "0.5 0.5 0.5 0.2 0.4 | a class id from 0 to 1 comes first, but 0.5 came",
        "0 0.5 0.5 0.2 | 5 numbers (class, centre x and y, width, height), but 4 numbers came",
        "0 0.5 0.5 0.2 0.4 0.9 | 5 numbers",
        "0 0.5 0.5 0.2 0.4f | but '0.4f' came",
        "0 0.5 0.5 0.2 0x1p-3 | but '0x1p-3' came",
        "0 0.5 0.5 0.2 1e99 | but '1e99' came",
        "0 0.5 0.5 0.2 0.\u001b[2J4 | but '0.?[2J4' came",
        "0 0.5 0.5 0.2 nan | numbers with blanks between them stand, but 'nan' came",
        "0,0.5 0.5 0.2 0.4 0 | but '0,0.5' came",
      })
  void wrongLinesLeaveTheirPictureOut(String line, String fault) throws IOException {
    write("set/labels/val/a.txt", "\n" + line + "\n");
    write("set/labels/val/b.txt", "0 0.5 0.5 0.2 0.4");
    Dataset set = open();
    assertEquals(List.of("images/val/b.png", "images/val/deep/c.JPG"), pictures(set));
    assertEquals(1, set.corrupt().size());
    assertEquals(1, warnings.size());
    String warning = warnings.get(0);
    assertTrue(warning.startsWith("Line 2 of '") && warning.contains("val/a.txt'"), warning);
    assertTrue(warning.contains(fault), warning);
    assertTrue(warning.endsWith("The picture is left out."), warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "segment | 0 0.5 0.5 0.2 0.4 | x, y of at least three points of an outline",
        "obb | 0 | but 1 number",
        "obb | 0 0.5 0.5 0.2 0.4 | 9 numbers (class and four corners)",
        "pose | 0 0.5 0.5 0.2 0.4 1 1 2 | 11 numbers (class, box, 2 points)",
        "pose | 0 0.5 0.5 0.2 0.4 1 1 2 1 1.5 2 | normalised to 0 to 1, but 1.5 came",
      })
  void everyTaskHasItsLines(String task, String line, String fault) throws IOException {
    write("set/labels/val/a.txt", line);
    write(
        "set/labels/val/b.txt",
        switch (task) {
          case "pose" -> "1 0.5 0.5 0.2 0.4 0.1 0.2 2 0.3 0.4 0";
          case "obb" -> "1 0.1 0.1 0.9 0.1 0.9 0.9 0.1 0.9";
          default -> "1 0.1 0.1 0.9 0.1 0.9 0.9";
        });
    Dataset set = open(Task.of(task));
    assertTrue(warnings.get(0).contains(fault), warnings.get(0));
    Label label = set.items().get(0).labels().get(0);
    assertEquals(task.equals("obb") ? 8 : 6, label.points().length);
    assertEquals(1, label.classId());
  }
}
