// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.ModelInfo;

/** The tensors that a model takes and gives, as its metadata tell them; -1 is any length. */
public final class ModelTensors {
  /** Pictures: encoded as BYTES, or pixels as UINT8. */
  static final String IMAGE = "image";

  /** The network's own input; the answer is then its own output. */
  static final String IMAGES = "images";

  /** What the tensors are called by that are the network's own output, with a number. */
  static final String OUTPUT = "output";

  /** A tensor. */
  public record Form(String name, DataType type, List<Long> shape) {
    ObjectNode json() {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("name", name).put("datatype", type.name());
      ArrayNode sides = node.putArray("shape");
      shape.forEach(sides::add);
      return node;
    }
  }

  private ModelTensors() {}

  /** What it takes: one of the two. */
  public static List<Form> inputs(ModelInfo info) {
    long height = info.dynamic() ? -1 : info.imgsz().height();
    long width = info.dynamic() ? -1 : info.imgsz().width();
    return List.of(
        new Form(IMAGE, DataType.BYTES, List.of(-1L)),
        new Form(IMAGES, DataType.FP32, List.of(-1L, (long) info.channels(), height, width)));
  }

  /** What it gives for pictures. */
  public static List<Form> outputs(ModelInfo info) {
    List<Form> forms = new ArrayList<>();
    switch (info.task()) {
      case CLASSIFY -> {
        forms.add(new Form("scores", DataType.FP32, List.of(-1L, (long) info.names().size())));
        forms.add(new Form("classes", DataType.INT32, List.of(-1L, 1L)));
        forms.add(new Form("labels", DataType.BYTES, List.of(-1L, 1L)));
        return forms;
      }
      default -> {
        forms.add(new Form("num_dets", DataType.INT32, List.of(-1L, 1L)));
        forms.add(new Form("boxes", DataType.FP32, List.of(-1L, -1L, 4L)));
        forms.add(new Form("scores", DataType.FP32, List.of(-1L, -1L)));
        forms.add(new Form("classes", DataType.INT32, List.of(-1L, -1L)));
        forms.add(new Form("labels", DataType.BYTES, List.of(-1L, -1L)));
      }
    }
    switch (info.task()) {
      case OBB -> forms.add(new Form("angles", DataType.FP32, List.of(-1L, -1L)));
      case SEGMENT -> forms.add(new Form("masks", DataType.BYTES, List.of(-1L, -1L)));
      case POSE ->
          forms.add(
              new Form(
                  "keypoints",
                  DataType.FP32,
                  List.of(-1L, -1L, (long) info.keypoints(), (long) info.keypointValues())));
      default -> {}
    }
    return forms;
  }

  /** Tensors as a JSON array. */
  public static ArrayNode json(List<Form> forms) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    forms.forEach(form -> array.add(form.json()));
    return array;
  }
}
