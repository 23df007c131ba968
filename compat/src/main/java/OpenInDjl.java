// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import java.nio.file.Path;
import java.util.Locale;

/** Runs archives in DJL on the input of {@code open_in_torch.py}, and prints the same lines. */
public final class OpenInDjl {
  private OpenInDjl() {}

  public static void main(String[] files) throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (String file : files) {
        Path path = Path.of(file);
        String name = path.getFileName().toString().replace(".pt", "");
        try (Model model = Model.newInstance(name)) {
          model.load(path.getParent(), name);
          try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
            report(name, predictor.predict(new NDList(input(manager, name))).get(0));
          }
        }
      }
    }
  }

  private static NDArray input(NDManager manager, String name) {
    if (name.contains("pipeline")) {
      return manager.arange(48 * 80 * 3).mod(251).toType(DataType.UINT8, false).reshape(48, 80, 3);
    }
    float[] values = new float[3 * 64 * 96];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 251 / 251F;
    }
    return manager.create(values, new Shape(1, 3, 64, 96));
  }

  private static void report(String name, NDArray output) {
    double sum = 0;
    for (float value : output.toType(DataType.FLOAT32, false).toFloatArray()) {
      sum += value;
    }
    System.out.printf(Locale.ROOT, "%s %s %.6e%n", name, output.getShape(), sum);
  }
}
