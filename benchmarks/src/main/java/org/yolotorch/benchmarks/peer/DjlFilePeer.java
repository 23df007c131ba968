// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.YoloV8Translator;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * DJL from the bytes of a JPEG file to boxes, with its own decoder and translator. The translator
 * squeezes the picture into a square instead of letterboxing it, so that its boxes are others.
 */
final class DjlFilePeer implements Peer {
  private final Model model;
  private final Predictor<Image, DetectedObjects> predictor;
  private final byte[] jpeg;
  private Image image;
  private DetectedObjects result;

  DjlFilePeer(Job job) throws Exception {
    DjlPeer.settings(job);
    Path file = job.torchScript();
    model = Model.newInstance(job.model(), "PyTorch");
    model.load(file.getParent(), file.getFileName().toString());
    predictor =
        model.newPredictor(
            YoloV8Translator.builder()
                .setImageSize(Inputs.SIDE, Inputs.SIDE)
                .addTransform(new Resize(Inputs.SIDE, Inputs.SIDE))
                .addTransform(new ToTensor())
                .optSynset(IntStream.range(0, 80).mapToObj(Integer::toString).toList())
                .optThreshold(0.25F)
                .optNmsThreshold(0.7F)
                .build());
    jpeg = Files.readAllBytes(Inputs.files(job.assets()).get(0));
  }

  @Override
  public void run() throws Exception {
    image = ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(jpeg));
    result = predictor.predict(image);
  }

  @Override
  public List<List<Found>> found() {
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < result.getNumberOfObjects(); i++) {
      DetectedObjects.DetectedObject object = result.item(i);
      Rectangle box = object.getBoundingBox().getBounds();
      double width = (double) image.getWidth() / Inputs.SIDE;
      double height = (double) image.getHeight() / Inputs.SIDE;
      found.add(
          new Found(
              Integer.parseInt(object.getClassName()),
              (float) object.getProbability(),
              (float) (box.getX() * width),
              (float) (box.getY() * height),
              (float) ((box.getX() + box.getWidth()) * width),
              (float) ((box.getY() + box.getHeight()) * height)));
    }
    return List.of(found);
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
  }
}
