// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yolotorch.support.Results.box;
import static org.yolotorch.support.Results.detect;
import static org.yolotorch.support.Results.keypoints;
import static org.yolotorch.support.Results.mask;
import static org.yolotorch.support.Results.obb;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yolotorch.Box;
import org.yolotorch.Detections;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.Mask;
import org.yolotorch.PixelRect;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Task;
import org.yolotorch.VideoFrame;
import org.yolotorch.Xyxy;
import org.yolotorch.internal.image.Crop;
import org.yolotorch.internal.tile.Merger;
import org.yolotorch.support.Results;

/** Texts that tell where a frame is, crops, and the joining of parts, on results made by hand. */
class ResultCsvTest {
  private static Frame frame(VideoFrame at) {
    return new Frame() {
      @Override
      public int index() {
        return 0;
      }

      @Override
      public String name() {
        return "clip.mp4";
      }

      @Override
      public Optional<Path> file() {
        return Optional.of(Path.of("clip.mp4"));
      }

      @Override
      public Optional<VideoFrame> video() {
        return Optional.ofNullable(at);
      }

      @Override
      public Image read() {
        return Results.image(0);
      }
    };
  }

  @Test
  void rowsOfAPictureAndOfAFrame() {
    Result result = detect(box(5, 0.876543f, 20, 10.333333f, 60, 30), box(0, 1, 0, 0, 1, 1));
    assertEquals(
        "a.jpg,,5,bus,0.87654,20.0,10.33333,60.0,30.0\na.jpg,,0,person,1.0,0.0,0.0,1.0,1.0\n",
        result.toCsv("a.jpg"));
    Result seventh = result.at(frame(new VideoFrame(7, 300, 240_000, 25)));
    assertEquals(
        "\"a,\"\"b\"\"\",7,5,bus,0.87654,20.0,10.33333,60.0,30.0",
        seventh.toCsv("a,\"b\"").lines().findFirst().orElseThrow());
    assertEquals(
        "{\"image\":\"clip.mp4\",\"frame\":7,\"time_ms\":240.0,\"predictions\":[]}",
        detect().at(seventh.frame().orElseThrow()).toJson("clip.mp4"));
    assertEquals("clip.mp4", seventh.source().orElseThrow().toString());
    assertEquals("", detect().toCsv("a.jpg"));
    assertEquals("image,frame,class,name,confidence\n", Result.csvHeader(Task.CLASSIFY));
  }

  @Test
  void cropIsALittleLargerAndStaysInside() {
    Image image = Results.image(9);
    Image inside = Crop.of(image, new Xyxy(50, 40, 100, 60));
    // 50 x 1.02 + 10 and 20 x 1.02 + 10, from whole pixel to whole pixel.
    assertEquals(61, inside.width(), 1);
    assertEquals(31, inside.height(), 1);
    Image all = Crop.of(image, new Xyxy(0, 0, Results.WIDTH, Results.HEIGHT));
    assertEquals(Results.WIDTH, all.width());
    assertEquals(Results.HEIGHT, all.height());
    Image edge = Crop.of(image, new Xyxy(300, 300, 310, 310));
    assertEquals(1, edge.width());
    assertEquals(1, edge.height());
  }

  private static Detections merged(Result whole, Result part, int left) {
    Merger merger = new Merger(Results.image(0), PredictOptions.defaults());
    merger.add(whole, new PixelRect(0, 0, Results.WIDTH, Results.HEIGHT));
    merger.add(part, new PixelRect(left, 0, 100, Results.HEIGHT));
    return merger.detections();
  }

  @Test
  void objectOfTwoPartsIsKeptOnce() {
    Box whole = box(0, 0.6f, 90, 20, 130, 60);
    // Better seen in the part, but not cut there: the better one stays, at its place in the whole.
    Detections better = merged(detect(whole), detect(box(0, 0.9f, 20, 20, 60, 60)), 70);
    assertEquals(List.of(box(0, 0.9f, 90, 20, 130, 60)), better.boxes());
    // Cut by the part's left edge, it gives way to the whole one although it is surer.
    Detections cut = merged(detect(whole), detect(box(0, 0.9f, 0, 20, 30, 60)), 100);
    assertEquals(List.of(whole), cut.boxes());
    // Of another class, elsewhere, or within one part, all stay, the surest first.
    assertEquals(2, merged(detect(whole), detect(box(5, 0.9f, 20, 20, 60, 60)), 70).boxes().size());
    Detections apart = merged(detect(whole), detect(box(0, 0.9f, 20, 70, 60, 90)), 70);
    assertEquals(0.9f, apart.boxes().get(0).confidence());
    assertEquals(2, apart.boxes().size());
    Box near = box(0, 0.5f, 92, 22, 132, 62);
    assertEquals(2, merged(detect(whole, near), detect(), 0).boxes().size());
  }

  @Test
  void partsOfAnObjectMoveWithIt() {
    Box box = box(0, 0.9f, 20, 20, 60, 60);
    Result segmented = Results.segment(List.of(box), List.of(mask(false, 20, 20, 8, 4)));
    Mask moved = merged(Results.segment(List.of(), List.of()), segmented, 70).masks().get(0);
    assertEquals(mask(false, 90, 20, 8, 4), moved);
    Result posed = Results.pose(List.of(box), List.of(keypoints(20, 30, 0.5f)));
    Detections pose = merged(Results.pose(List.of(), List.of()), posed, 70);
    assertEquals(List.of(keypoints(90, 30, 0.5f)), pose.keypoints());
    Result turned = Results.obb(obb(0, 0.9f, 40, 40, 30, 10, 0.5));
    Detections rotated = merged(Results.obb(obb(0, 0.6f, 90, 40, 30, 10, 0.5)), turned, 50);
    assertEquals(List.of(obb(0, 0.9f, 90, 40, 30, 10, 0.5)), rotated.obbs());
  }
}
